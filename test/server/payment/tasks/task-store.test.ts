import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { LEASE_MS } from '../../../../server/payment/tasks/lease.store.ts'
import {
  claimTasks,
  endTask,
  noteTask,
  postponeTask,
  type TaskRow,
} from '../../../../server/payment/tasks/task.store.ts'
import type { Tx } from '../../../../server/platform/database/database.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

/** A task that one server had in hand for longer than its lease, and that another has taken up since. */
async function takenOver(dialect: Dialect) {
  const { shop, showCode } = await createPayingScene({ dialect })
  const { id } = await showCode()
  const write = <Value>(work: (tx: Tx) => Promise<Value>) =>
    shop.door.writer.submit(async (tx) => ({ keep: true, value: await work(tx) }))
  const claim = async (owner: string): Promise<TaskRow> => {
    const clock = { dialect, nowMs: shop.clock.now() }
    const [task, ...others] = await write((tx) => claimTasks(tx, clock, owner, 10))
    if (!task || others.length > 0) throw new Error('There is one task.')
    return task
  }
  const again = () => write((tx) => noteTask(tx, 'status', id, null, shop.clock.now()))
  await write((tx) => tx.run(sql`DELETE FROM gateway_tasks`))
  await again()
  const first = await claim('first')
  shop.clock.turn(LEASE_MS + 1)
  await write((tx) => tx.run(sql`UPDATE gateway_tasks SET leased_until_ms = 0`))
  const second = await claim('second')
  const rows = () => shop.read.all(sql`SELECT * FROM gateway_tasks`)
  return { shop, write, again, first, second, rows }
}

describeOnBoth('a task that another server has in hand by now', (dialect) => {
  test('is ended by nobody who had it before, also when it was asked for anew meanwhile', async () => {
    const { shop, write, again, first, second, rows } = await takenOver(dialect)
    expect(second).toMatchObject({ id: first.id, attempts: 2, owner: 'second' })
    const held = await rows()
    expect(held).toMatchObject([{ lease_owner: 'second' }])
    await write((tx) => endTask(tx, first, shop.clock.now()))
    expect(await rows()).toEqual(held)
    await again()
    const raised = await rows()
    await write((tx) => endTask(tx, first, shop.clock.now()))
    expect(await rows()).toEqual(raised)
  })

  test('is put off by nobody who had it before', async () => {
    const { shop, write, first, rows } = await takenOver(dialect)
    const held = await rows()
    await write((tx) => postponeTask(tx, first, shop.clock.now() + 1, 'gateway.unreachable'))
    expect(await rows()).toEqual(held)
  })

  test('is ended by who has it, and asked once more where that was wanted meanwhile', async () => {
    const { shop, write, again, second, rows } = await takenOver(dialect)
    await again()
    await write((tx) => endTask(tx, second, shop.clock.now()))
    expect(await rows()).toMatchObject([{ lease_owner: null, attempts: 0, next_at_ms: shop.clock.now() }])
    await write((tx) => endTask(tx, second, shop.clock.now()))
    const [anew] = await write((tx) => claimTasks(tx, { dialect, nowMs: shop.clock.now() }, 'third', 10))
    if (!anew) throw new Error('It is asked once more.')
    await write((tx) => endTask(tx, anew, shop.clock.now()))
    expect(await rows()).toEqual([])
  })
})
