/** The notes that guests pay with, largest last. */
export const NOTES_RP = [20_000, 50_000, 100_000] as const
