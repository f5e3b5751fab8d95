import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

/** Writes to `path` how many errors nobody awaited: the JSON report counts the tests alone. */
export function unhandledReporter(path: string): Reporter {
  return {
    onTestRunEnd(_modules, unhandled) {
      writeFileSync(path, String(unhandled.length))
    },
  }
}
