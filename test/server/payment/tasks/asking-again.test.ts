import sql from 'sql-template-tag'
import { expect, test, vi } from 'vitest'
import type { Gateway, GatewayRefusal } from '../../../../server/payment/gateways/gateway.ts'
import { createGatewayWork } from '../../../../server/payment/tasks/gateway-work.ts'
import { noteTask } from '../../../../server/payment/tasks/task.store.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const ROUNDS = 9
const ROUND_MS = 11 * 60_000
const noKey: GatewayRefusal = { code: 'gateway.not_authorized', gateway: 'xendit', says: 'no' }
const away: GatewayRefusal = {
  code: 'gateway.unreachable',
  gateway: 'xendit',
  why: 'server_error',
  attempts: 2,
  mayHaveHappened: false,
}

/** A paid payment that is to be asked about, by a server whose gateway answers `status` as it is told. */
async function askedAbout(dialect: Dialect, status: (real: Gateway) => Gateway['status']) {
  const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
  const { shop, simulator, gateway } = scene
  if (!simulator || !gateway) throw new Error('Xendit has a simulator.')
  const shown = await scene.showCode()
  simulator.payer.scan(shown.providerRef ?? '')
  await scene.settle()
  let asked = 0
  const answer = status(gateway)
  const counting: Gateway = {
    ...gateway,
    status: (key) => {
      asked++
      return answer(key)
    },
  }
  const log = { info() {}, warn() {}, error() {} }
  const work = createGatewayWork({ door: shop.door, gateways: new Map([['xendit', counting]]), log })
  // Whatever it does at its start is over.
  await work.run()
  asked = 0
  await shop.door.writer.submit(async (tx) => {
    await tx.run(sql`DELETE FROM gateway_tasks`)
    await noteTask(tx, 'status', shown.id, null, shop.clock.now())
    return { keep: true, value: undefined }
  })
  const goOn = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await work.run()
      shop.clock.turn(ROUND_MS)
    }
  }
  const left = () => shop.read.all(sql`SELECT kind, trouble FROM gateway_tasks`)
  return { work, goOn, left, times: () => asked }
}

const withUnread =
  (unread: GatewayRefusal) =>
  ({ status }: Gateway): Gateway['status'] =>
  async (key) => {
    const state = await status(key)
    return state.ok ? { ok: true, value: { ...state.value, refundedRp: null, unread } } : state
  }

describeOnBoth('what went back and cannot be read', (dialect) => {
  test('is given up after six tries where nobody may read it', async () => {
    const { goOn, left, times } = await askedAbout(dialect, withUnread(noKey))
    await goOn()
    expect([times(), await left()]).toEqual([6, []])
  })

  test('is asked for again and again while the provider is only away', async () => {
    const { goOn, left, times } = await askedAbout(dialect, withUnread(away))
    await goOn()
    expect([times(), await left()]).toEqual([ROUNDS, [{ kind: 'status', trouble: 'gateway.unreachable' }]])
  })
})

describeOnBoth('a task that is over', (dialect) => {
  test.each([
    ['was answered', false],
    ['broke', true],
  ])('is held no longer, when it %s', async (_how, breaks) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      let before = 0
      const held: number[] = []
      const { work, times } = await askedAbout(dialect, ({ status }) => async (key) => {
        held.push(vi.getTimerCount() - before)
        if (breaks) throw new Error('It breaks.')
        return status(key)
      })
      before = vi.getTimerCount()
      await work.run()
      expect([times(), held.at(-1), vi.getTimerCount() - before]).toEqual([1, 1, 0])
    } finally {
      vi.useRealTimers()
    }
  })
})
