import sql, { raw, type Sql } from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Database, Tx } from '../../../server/platform/database/database.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene } from '../../support/paying-scene.ts'

/** A database that notes the statements that it is asked, and how many groups it stores. */
function listening(asked: Sql[], groups: { count: number }) {
  const spy = <Access extends Pick<Tx, 'get' | 'all'>>(access: Access): Access =>
    new Proxy(access, {
      get(target, name, receiver) {
        const value = Reflect.get(target, name, receiver)
        if (typeof value !== 'function') return value
        return (query: Sql) => {
          asked.push(query)
          return value.call(target, query)
        }
      },
    })
  return (database: Database): Database => ({
    ...database,
    read: spy(database.read),
    runGroup: (jobs) => {
      groups.count += 1
      return database.runGroup(jobs.map((job) => (tx) => job(spy(tx))))
    },
    script: (text) => database.script(text),
    close: () => database.close(),
  })
}

const gather = async () => {
  const asked: Sql[] = []
  const groups = { count: 0 }
  return { asked, groups, wrap: listening(asked, groups) }
}

describeOnBoth('a shop with years of payments', (dialect) => {
  async function scene() {
    const { asked, groups, wrap } = await gather()
    const paying = await createPayingScene({ dialect, provider: 'midtrans', wrap })
    /** Of the statements that read payments, those that have to read all of them. */
    const scans = async () => {
      const found: string[] = []
      const queries = asked.filter(({ text }) => /SELECT[\s\S]*FROM payments/.test(text))
      await paying.shop.database.runGroup([
        async (tx) => {
          if (dialect === 'postgres') await tx.run(sql`SET LOCAL enable_seqscan = off`)
          const explain = raw(dialect === 'postgres' ? 'EXPLAIN ' : 'EXPLAIN QUERY PLAN ')
          for (const query of queries) {
            const plan = JSON.stringify(await tx.all(sql`${explain}${query}`))
            if (/Seq Scan on payments|SCAN payments(?! USING)/.test(plan)) found.push(query.text)
          }
          return { keep: true, value: undefined }
        },
      ])
      expect(queries.length).toBeGreaterThan(0)
      return found
    }
    return { ...paying, asked, groups, scans }
  }

  test('finds the payment that a message is about by its key', async () => {
    const paying = await scene()
    const shown = await paying.showCode()
    paying.asked.length = 0
    paying.simulator?.payer.scan(shown.providerRef ?? '')
    await paying.simulator?.webhooks.settled()
    expect(await paying.scans()).toEqual([])
  })

  test('looks through those that are open, notes all in one group, and asks them one after the other', async () => {
    const paying = await scene()
    const { shop, billId, outlet } = paying
    const nowMs = shop.clock.now()
    await shop.writer.submit(async (tx) => {
      for (let n = 0; n < 250; n++) {
        await tx.run(sql`
          INSERT INTO payments (id, bill_id, outlet_id, provider, status, asked_rp, reference, created_at_ms, provider_asked_at_ms)
          VALUES (${`pay_${String(n).padStart(26, '0')}`}, ${billId}, ${outlet.id}, 'midtrans',
            ${n % 2 ? 'pending' : 'expired'}, 20000, ${`r${n}`}, ${nowMs - n}, ${nowMs})`)
      }
      return { keep: true, value: undefined }
    })
    paying.asked.length = 0
    paying.groups.count = 0
    await shop.gatewayWork.reconcile()
    expect(paying.groups.count).toBe(1)
    const tasks = await shop.read.all<{ next_at_ms: number }>(
      sql`SELECT next_at_ms FROM gateway_tasks WHERE kind = 'status' ORDER BY next_at_ms`,
    )
    expect(tasks.map((task) => task.next_at_ms)).toEqual(tasks.map((_, index) => nowMs + index * 500))
    expect(tasks).toHaveLength(250)
    expect(await paying.scans()).toEqual([])
  })
})
