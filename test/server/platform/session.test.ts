import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createSessions, issueSession } from '../../../server/platform/session.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop } from '../../support/test-shop.ts'

const HOUR_MS = 3_600_000

describeOnBoth('what a server remembers of a session', (dialect) => {
  test.each([
    ['for a second', 999, true],
    ['and no longer', 1000, false],
    ['not for an hour because its clock was set back by one', -HOUR_MS, false],
  ])('%s', async (_, passedMs, isRemembered) => {
    const { database, writer } = await createTestShop({ dialect })
    let nowMs = 1_790_000_000_000
    const sessions = createSessions(database.read, { now: () => nowMs })
    const secret = await writer.submit(async (tx) => ({
      keep: true,
      value: await issueSession(tx, 'customer', 'cus_1', null, nowMs - 2 * HOUR_MS),
    }))
    expect((await sessions.find(secret, 'customer'))?.subjectId).toBe('cus_1')
    // On another server, of which this one hears nothing.
    await writer.submit(async (tx) => ({
      keep: true,
      value: await tx.run(sql`UPDATE sessions SET revoked_at_ms = 1 WHERE subject_id = 'cus_1'`),
    }))
    nowMs += passedMs
    expect((await sessions.find(secret, 'customer')) !== null).toBe(isRemembered)
  })
})
