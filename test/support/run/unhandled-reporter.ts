import { writeFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

/** Writes how many errors nobody awaited to the file UNHANDLED_PATH; the JSON report counts tests alone. */
export default class UnhandledReporter implements Reporter {
  onTestRunEnd(_modules: unknown, unhandled: readonly unknown[]): void {
    const path = process.env.UNHANDLED_PATH
    if (path) writeFileSync(path, String(unhandled.length))
  }
}
