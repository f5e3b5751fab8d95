import sql from 'sql-template-tag'
import { describe, expect, test, vi } from 'vitest'
import { createGatewayWork } from '../../../../server/payment/tasks/gateway-work.ts'
import { claimTasks } from '../../../../server/payment/tasks/task.store.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const AMOUNT_RP = 5000

/** A paid table, and a second server beside the shop's own whose clock is `aheadMs` ahead. */
async function twoServers(dialect: Dialect, aheadMs = 0) {
  const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
  const { shop, simulator, gateway } = scene
  if (!simulator || !gateway) throw new Error('Xendit has a simulator.')
  const shown = await scene.showCode()
  simulator.payer.scan(shown.providerRef ?? '')
  await scene.settle()
  const clock = { now: () => shop.clock.now() + aheadMs }
  const log = { info() {}, warn() {}, error() {} }
  const door = { ...shop.door, clock }
  const other = createGatewayWork({ door, gateways: new Map([['xendit', gateway]]), log })
  // Whatever it does at its start is over.
  await other.run()
  const before = simulator.seen.length
  const posts = () => simulator.seen.slice(before).filter((line) => line === 'POST /refunds').length
  const refundId = shop.id('rfd')
  const ask = () =>
    scene.barista.send('payment.refund', {
      refundId,
      paymentId: shown.id,
      amountRp: AMOUNT_RP,
      owesAgain: true,
      reason: 'kopi dingin',
      approval: scene.approval,
    })
  const lease = async () =>
    (await shop.read.get<{ until: number }>(
      sql`SELECT leased_until_ms AS until FROM gateway_tasks WHERE kind = 'refund'`,
    )) ?? { until: 0 }
  const back = () =>
    shop.read.all<{ amount_rp: number }>(
      sql`SELECT amount_rp FROM money_moves WHERE payment_id = ${shown.id} AND kind = 'refunded'`,
    )
  return { ...scene, simulator, other, posts, ask, refundId, lease, back }
}

const soon = (ms: number) => new Promise((done) => setTimeout(done, ms))

describe('one refund, two servers (postgres)', () => {
  test('whose clocks are two minutes apart: it goes out once', async () => {
    const scene = await twoServers('postgres', 120_000)
    for (let request = 0; request < 8; request++) scene.simulator.arm({ kind: 'delay', ms: 250 })
    await scene.ask()
    const first = scene.shop.gatewayWork.run()
    await soon(100)
    await Promise.all([first, scene.other.run()])
    await scene.settle()
    expect(scene.posts()).toBe(1)
    expect(await scene.back()).toEqual([{ amount_rp: -AMOUNT_RP }])
  })

  test('of which the one that began it was killed, its clock ahead: the other waits for no more than its lease', async () => {
    const scene = await twoServers('postgres', 120_000)
    await scene.ask()
    const { writer, database } = scene.shop.door
    const ahead = { dialect: database.dialect, nowMs: scene.shop.clock.now() + 120_000 }
    const claimed = await writer.submit(async (tx) => ({
      keep: true,
      value: await claimTasks(tx, ahead, 'killed', 5),
    }))
    expect(claimed).toMatchObject([{ kind: 'refund' }])
    await scene.shop.gatewayWork.run()
    expect(scene.posts()).toBe(0)
    await writer.submit(async (tx) => ({
      keep: true,
      value: await tx.run(sql`UPDATE gateway_tasks SET leased_until_ms = leased_until_ms - 40000`),
    }))
    await scene.settle()
    expect(scene.posts()).toBe(1)
    expect(await scene.back()).toEqual([{ amount_rp: -AMOUNT_RP }])
  })
})

describeOnBoth('a refund in hand', (dialect) => {
  test('whose lease was lost while it looked is not sent any more', async () => {
    const scene = await twoServers(dialect)
    scene.simulator.arm({ kind: 'delay', ms: 400 })
    await scene.ask()
    const slow = scene.shop.gatewayWork.run()
    await soon(100)
    await scene.shop.door.writer.submit(async (tx) => ({
      keep: true,
      value: await tx.run(sql`UPDATE gateway_tasks SET leased_until_ms = 0, next_at_ms = 0`),
    }))
    await scene.other.run()
    expect(scene.posts()).toBe(1)
    await slow
    await scene.settle()
    expect(scene.posts()).toBe(1)
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'succeeded' })
    expect(await scene.back()).toEqual([{ amount_rp: -AMOUNT_RP }])
  })

  test('stays in hand however long its asking takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const scene = await twoServers(dialect)
      scene.simulator.arm({ kind: 'delay', ms: 500 })
      await scene.ask()
      const slow = scene.shop.gatewayWork.run()
      await soon(100)
      const atFirst = (await scene.lease()).until
      scene.shop.clock.turn(30_000)
      vi.advanceTimersByTime(10_000)
      await soon(50)
      expect((await scene.lease()).until).toBeGreaterThan(atFirst)
      scene.shop.clock.turn(30_000)
      await scene.other.run()
      expect(scene.posts()).toBe(0)
      await slow
      expect(scene.posts()).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  test('that is asked about meanwhile is asked about once more, not at the same time', async () => {
    const scene = await twoServers(dialect)
    scene.simulator.arm({ kind: 'delay', ms: 300 })
    await scene.ask()
    const slow = scene.shop.gatewayWork.run()
    await soon(100)
    await scene.shop.door.writer.submit(async (tx) => ({
      keep: true,
      value: await tx.run(sql`
        UPDATE gateway_tasks SET round = round + 1, next_at_ms = ${scene.shop.clock.now()} WHERE kind = 'refund'`),
    }))
    await scene.other.run()
    expect(scene.posts()).toBe(0)
    await slow
    await scene.settle()
    expect(scene.posts()).toBe(1)
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'succeeded' })
  })
})
