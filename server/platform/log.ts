import { pino } from 'pino'

/** Structured lines on standard output. They carry ids and codes, never names, words, tokens or addresses. */
export type Log = {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

export function createLog(level: string): Log {
  return pino({ level, base: null })
}
