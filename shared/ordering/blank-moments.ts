/** What has not happened yet to an order that is placed now. */
export const blankMoments = {
  seenAtMs: null,
  acceptedAtMs: null,
  promisedAtMs: null,
  preparingAtMs: null,
  readyAtMs: null,
  servedAtMs: null,
  endedAtMs: null,
  heldAtMs: null,
  madeBy: null,
  reason: null,
  request: null,
} as const
