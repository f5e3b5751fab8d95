import { expect, test } from 'vitest'
import {
  createClockWatch,
  MOST_APART_MS,
} from '../../../../../server/platform/database/postgres/postgres-clock.ts'
import { createTestShop } from '../../../../support/test-shop.ts'

test('clocks that are apart are told once, and once that they agree again', async () => {
  const { read } = await createTestShop({ dialect: 'postgres' })
  let aheadMs: number = 0
  const lines: string[] = []
  const note = (level: string) => (_facts: Record<string, unknown>, message: string) => {
    lines.push(`${level} ${message}`)
  }
  const log = { info: note('info'), warn: note('warn'), error: note('error') }
  const watch = createClockWatch(read, { now: () => Date.now() + aheadMs }, log)
  for (const ms of [0, MOST_APART_MS * 2, MOST_APART_MS * 3, 0, -MOST_APART_MS * 2, 0]) {
    aheadMs = ms
    await watch.look()
  }
  const apart = "warn this machine's clock and PostgreSQL's are apart: set both by the network"
  const agreed = "info this machine's clock and PostgreSQL's agree again"
  expect(lines).toEqual([apart, agreed, apart, agreed])
})
