const FIRST_MS = 500
const MOST_MS = 30_000

/**
 * Full jitter: a random time up to 0.5 s × 2ⁿ, so that a café's phones do not return at once; at most 30 s,
 * or `mostMs` where somebody is looking.
 */
export function backoffMs(attempt: number, mostMs: number = MOST_MS): number {
  return Math.random() * Math.min(mostMs, FIRST_MS * 2 ** Math.min(attempt, 10))
}

/** How far apart tries are at most: `withinMs` while somebody looks at the page, as usual behind other pages. */
export function mostMsOf(withinMs: number | undefined): number | undefined {
  return document.visibilityState === 'visible' ? withinMs : undefined
}

/** Waits `ms`, or less when the network, the page or `wake` says that trying again makes sense. */
export function waitUntilWorthTrying(ms: number, signal: AbortSignal, wake?: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const sources: [EventTarget, string][] = [
      [window, 'online'],
      [window, 'pageshow'],
      [document, 'visibilitychange'],
      [signal, 'abort'],
    ]
    if (wake) sources.push([wake, 'wake'])
    const done = () => {
      clearTimeout(timer)
      for (const [source, type] of sources) source.removeEventListener(type, done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    for (const [source, type] of sources) source.addEventListener(type, done)
    if (signal.aborted) done()
  })
}
