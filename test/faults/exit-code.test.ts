import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PROGRAM = join(import.meta.dirname, '..', 'support', 'postgres-program.ts')

test.each([0, 3])('a run beside a real PostgreSQL ends with its own code, here %i', (code) => {
  const script = `import { importPostgres } from ${JSON.stringify(PROGRAM)}
    await importPostgres()
    process.exitCode = ${code}`
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect([ended.status, ended.stderr]).toEqual([code, ''])
})
