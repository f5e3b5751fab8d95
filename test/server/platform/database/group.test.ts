import sql from 'sql-template-tag'
import { expect, onTestFinished, test } from 'vitest'
import type { Job } from '../../../../server/platform/database/database.ts'
import { readSharedRecord } from '../../../../server/platform/database/shared-records.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createTestShop } from '../../../support/test-shop.ts'

describeOnBoth('a group of commands is one transaction, of which each can be taken back alone', (dialect) => {
  async function openGroup() {
    const shop = await createTestShop({ dialect })
    onTestFinished(() => shop.stop())
    const { database } = shop.door
    const write = (id: string): Job<unknown> => {
      return async (tx) => {
        await tx.run(sql`INSERT INTO records (kind, id, rev, body) VALUES ('note', ${id}, 1, '{}')`)
        return { keep: true, value: id }
      }
    }
    const refuseAfterWriting = (id: string): Job<unknown> => {
      return async (tx) => {
        await write(`${id} lost`)(tx)
        return { keep: false, value: `${id} refused`, instead: (again) => write(id)(again).then(() => {}) }
      }
    }
    const failAfterWriting = (id: string): Job<unknown> => {
      return async (tx) => {
        await write(id)(tx)
        throw new Error(`${id} failed`)
      }
    }
    const stored = async () => {
      const rows = await database.read.all<{ id: string }>(
        sql`SELECT id FROM records WHERE kind = 'note' ORDER BY id`,
      )
      return rows.map(({ id }) => id)
    }
    return { database, write, refuseAfterWriting, failAfterWriting, stored }
  }

  test('what was refused or failed after it wrote leaves nothing; its neighbours stay', async () => {
    const { database, write, refuseAfterWriting, failAfterWriting, stored } = await openGroup()
    const settled = await database.runGroup([
      write('a'),
      refuseAfterWriting('b'),
      write('c'),
      failAfterWriting('d'),
      write('e'),
    ])
    expect(settled).toEqual([
      { value: 'a' },
      { value: 'b refused' },
      { value: 'c' },
      { error: new Error('d failed') },
      { value: 'e' },
    ])
    expect(await stored()).toEqual(['a', 'b', 'c', 'e'])
  })

  test('nobody reads what a group has written before all of it is stored, and everybody after', async () => {
    const { database, write, stored } = await openGroup()
    const meanwhile: string[][] = []
    const look: Job<unknown> = async () => {
      meanwhile.push(await stored())
      return { keep: true, value: null }
    }
    await database.runGroup([write('a'), look, write('b'), look])
    expect(meanwhile).toEqual([[], []])
    expect(await stored()).toEqual(['a', 'b'])
  })

  test('a statement that breaks a rule of the database is taken back alone', async () => {
    const { database, write, stored } = await openGroup()
    const settled = await database.runGroup([write('a'), write('a'), write('b')])
    expect(settled[0]).toEqual({ value: 'a' })
    expect(settled[1]).toHaveProperty('error')
    expect(settled[2]).toEqual({ value: 'b' })
    expect(await stored()).toEqual(['a', 'b'])
  })

  test('what a refused command read of its own writing is remembered for nobody', async () => {
    const { database } = await openGroup()
    const change = (to: string): Job<unknown> => {
      return async (tx) => {
        await tx.run(sql`DELETE FROM records WHERE kind = 'note'`)
        await tx.run(
          sql`INSERT INTO records (kind, id, rev, body) VALUES ('note', 'n', 2, ${`{"is":"${to}"}`})`,
        )
        return { keep: to !== 'lost', value: await readSharedRecord(tx, 'note', 'n') }
      }
    }
    const settled = await database.runGroup([change('lost'), change('kept')])
    expect(settled).toEqual([{ value: { is: 'lost' } }, { value: { is: 'kept' } }])
  })
})
