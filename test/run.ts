// What `npm test` and the CI run: every check in order, each with its name and its time; the first that
// fails ends the run. The last line says how many tests passed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPages, checkSizes, checkTypes, lint, readRules } from './support/run/checks.ts'
import { runEndToEnd, runUnit, type TestCount } from './support/run/suites.ts'

type Step = { readonly name: string; readonly run: (scratch: string) => Promise<TestCount | undefined> }

const steps: readonly Step[] = [
  { name: 'format and lint', run: lint },
  { name: 'file sizes', run: checkSizes },
  { name: 'types', run: checkTypes },
  { name: 'who may import whom', run: readRules },
  { name: 'unit and server tests, SQLite and PostgreSQL', run: runUnit },
  { name: 'build', run: buildPages },
  { name: 'whole journeys in a browser', run: runEndToEnd },
]

async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'meja-run-'))
  let passed = 0
  let skipped = 0
  try {
    for (const [index, { name, run }] of steps.entries()) {
      process.stdout.write(`\n[${index + 1}/${steps.length}] ${name}\n`)
      const startedMs = performance.now()
      const seconds = () => ((performance.now() - startedMs) / 1000).toFixed(1)
      try {
        const count = await run(scratch)
        passed += count?.passed ?? 0
        skipped += count?.skipped ?? 0
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        process.stdout.write(`[${index + 1}/${steps.length}] ${name}: FAILED after ${seconds()} s\n`)
        return 1
      }
      process.stdout.write(`[${index + 1}/${steps.length}] ${name}: ${seconds()} s\n`)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  if (skipped > 0) process.stdout.write(`\n${skipped} skipped`)
  process.stdout.write(`\n${passed} passed, 0 failed\n`)
  return 0
}

process.exitCode = await main()
