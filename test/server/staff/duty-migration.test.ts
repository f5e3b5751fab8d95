import { rmSync } from 'node:fs'
import sql from 'sql-template-tag'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { type Duty, dutyIdOf, dutySchema, isOnDuty } from '#shared/staff/staff.ts'
import type { Tx } from '../../../server/platform/database/database.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../server/platform/database/postgres/postgres.ts'
import { putRecord, readChanges } from '../../../server/platform/database/records.ts'
import { openSqlite } from '../../../server/platform/database/sqlite.ts'
import { makeId } from '../../../server/platform/random-ids.ts'
import { freshDatabase } from '../../faults/fresh-database.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { scratchFolder } from '../../support/filled-shop.ts'

const NOW_MS = 1_790_000_000_000
const NAME = 'Sari "isOn":true \\ \n😀 7}'

describeOnBoth('duties of an earlier program, one for all outlets', (dialect) => {
  test('become one for each outlet where a session lives, and the old ones are over on every board', async () => {
    const url = await freshDatabase(dialect)
    const folder = scratchFolder('meja-duty-')
    const database = url ? await openPostgres(url) : openSqlite(folder)
    onTestFinished(async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    })
    await migrate(database)
    await database.script("DELETE FROM migrations WHERE name LIKE '%duty-of-outlet.sql'")
    const [here, there, sari, bayu] = (['out', 'out', 'stf', 'stf'] as const).map((kind) =>
      makeId(kind, NOW_MS),
    ) as [string, string, string, string]
    const session = (staffId: string, deviceId: string, sinceMs: number, endedMs: number | null) => sql`
      INSERT INTO sessions (token_hash, kind, subject_id, device_id, created_at_ms, expires_at_ms, revoked_at_ms)
      VALUES (${`${staffId}${deviceId}`}, 'staff', ${staffId}, ${deviceId}, ${sinceMs}, ${sinceMs + 1}, ${endedMs})`
    const plant = async (tx: Tx) => {
      for (const [outletId, at] of [
        [here, 'a'],
        [there, 'b'],
      ] as const) {
        await tx.run(sql`INSERT INTO outlets (id, slug) VALUES (${outletId}, ${at})`)
        await tx.run(sql`INSERT INTO devices (id, outlet_id, label, state, enrolled_at_ms)
          VALUES (${`dev_${at}`}, ${outletId}, 'Board', 'active', 1)`)
      }
      // Sari works here and there, and left there: the old record says that she is at work nowhere.
      await tx.run(session(sari, 'dev_a', NOW_MS - 5000, null))
      await tx.run(session(sari, 'dev_b', NOW_MS - 4000, NOW_MS - 1000))
      await tx.run(session(bayu, 'dev_b', NOW_MS - 3000, null))
      const old = (id: string, rev: number, name: string, isOn: boolean): Duty => {
        return { id, rev, name, isOn, sinceMs: NOW_MS - 1000 }
      }
      await putRecord(tx, 'duty', old(sari, 12, NAME, false), [`desk:${here}`, `desk:${there}`])
      await putRecord(tx, 'duty', old(bayu, 1, 'Bayu', true), [`desk:${there}`])
      return { keep: true, value: null } as const
    }
    expect(await database.runGroup([plant])).toEqual([{ value: null }])
    await migrate(database)
    const boards = await Promise.all(
      [here, there].map(async (outletId) => {
        const changes = await readChanges(database.read, `desk:${outletId}`, 0, 100)
        expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1))
        return new Map(changes.map(({ id, body }) => [id, v.parse(dutySchema, JSON.parse(body))]))
      }),
    )
    const shown = boards.map((board) => [...board.values()].filter((duty) => isOnDuty(duty, NOW_MS)))
    expect(shown).toEqual([
      [{ id: dutyIdOf(here, sari), rev: 1, name: NAME, isOn: true, sinceMs: NOW_MS - 5000 }],
      [{ id: dutyIdOf(there, bayu), rev: 1, name: 'Bayu', isOn: true, sinceMs: NOW_MS - 3000 }],
    ])
    const old = boards.flatMap((board) => [...board.values()]).filter(({ id }) => !id.includes('.'))
    expect(old.map(({ isOn, rev, name }) => [isOn, rev, name])).toEqual([
      [false, 13, NAME],
      [false, 13, NAME],
      [false, 2, 'Bayu'],
    ])
  })
})
