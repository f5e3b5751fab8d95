import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { ROOT, runCommand } from './command.ts'

export type TestCount = { readonly passed: number; readonly skipped: number }

type VitestReport = {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}
type PlaywrightReport = { readonly stats: { readonly expected: number; readonly skipped: number } }

function readReport<Report>(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

/** Everything but the browser: pure rules, the phone's storage, the server on both databases. */
export async function runUnit(scratch: string): Promise<TestCount> {
  const path = join(scratch, 'vitest.json')
  const unhandledPath = join(scratch, 'unhandled.txt')
  await runCommand('vitest', ['run', '--config', 'test/vitest.config.ts'], {
    env: { REPORT_PATH: path, UNHANDLED_PATH: unhandledPath },
  })
  const report = readReport<VitestReport>(path)
  // Beside the code that it ended with: a process that was ended in another way may say anything.
  if (!report.success || report.numFailedTests > 0) throw new Error(`${report.numFailedTests} tests failed.`)
  const unhandled = Number(readFileSync(unhandledPath, 'utf8'))
  if (unhandled > 0) throw new Error(`${unhandled} errors were awaited by nobody; they stand above.`)
  return { passed: report.numPassedTests, skipped: report.numPendingTests }
}

export async function runEndToEnd(scratch: string): Promise<TestCount> {
  const config = 'test/e2e/playwright.config.ts'
  if (!existsSync(join(ROOT, config))) {
    process.stdout.write(`Skipped: there is no ${config}.\n`)
    return { passed: 0, skipped: 0 }
  }
  const path = join(scratch, 'playwright.json')
  await runCommand('playwright', ['test', '-c', config, '--reporter=list,json'], {
    env: { CHROMIUM_PATH: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: path },
  })
  const { stats } = readReport<PlaywrightReport>(path)
  return { passed: stats.expected, skipped: stats.skipped }
}
