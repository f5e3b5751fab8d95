import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

const PRACTICE = { code: 'payment.practice_confirm' }

function confirm(scene: PayingScene, paymentId: string) {
  return scene.barista.send('payment.confirm', {
    paymentId,
    reason: 'tamu bilang sudah',
    approval: scene.approval,
  })
}

describeOnBoth('what a test key asks for is played money from its first moment', (dialect) => {
  test('no code yet, none to be had, given up, or run out: it is never confirmed as real', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit' })
    const begun = await scene.pay('qris')
    expect(begun.isTest).toBe(true)
    expect((await confirm(scene, begun.id)).body.refusal).toEqual(PRACTICE)
    for (let tries = 0; tries < 40; tries++) scene.simulator?.arm({ kind: 'status', status: 503 })
    await scene.shop.gatewayWork.run()
    expect((await confirm(scene, begun.id)).body.refusal).toEqual(PRACTICE)
    await scene.phone.send('payment.cancel', { paymentId: begun.id })
    scene.shop.clock.turn(60 * 60_000)
    await scene.shop.gatewayWork.run()
    expect((await scene.payment(begun.id)).status).toBe('cancelled')
    expect((await confirm(scene, begun.id)).body.refusal).toEqual(PRACTICE)
    const row = await scene.shop.read.get(sql`SELECT is_test FROM payments WHERE id = ${begun.id}`)
    expect(row).toEqual({ is_test: 1 })
    expect(await scene.shop.read.all(sql`SELECT kind FROM money_moves`)).toEqual([{ kind: 'cancelled' }])
  })

  test('one that an older server began unmarked is known by the keys of today', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit' })
    const { isTest: _, ...unmarked } = await scene.pay('qris')
    const at = (status: string, receipts: readonly object[]) =>
      // Without a code yet, also where the gateway was quick.
      JSON.stringify({ ...unmarked, providerRef: null, status, facts: { ...unmarked.facts, receipts } })
    const write = (body: string) =>
      scene.shop.door.writer.submit(async (tx) => ({
        keep: true,
        value: await tx.run(
          sql`UPDATE records SET body = ${body} WHERE kind = 'payment' AND id = ${unmarked.id}`,
        ),
      }))
    await write(at('pending', []))
    expect((await confirm(scene, unmarked.id)).body.refusal).toEqual(PRACTICE)
    const { askedRp, createdAtMs: atMs } = unmarked
    await write(at('paid', [{ ref: `hand:${unmarked.id}`, amountRp: askedRp, atMs }]))
    const refund = { refundId: scene.shop.id('rfd'), paymentId: unmarked.id, amountRp: askedRp, way: 'cash' }
    const answer = await scene.barista.send('payment.refund', {
      ...refund,
      owesAgain: true,
      reason: 'kembalikan tunai',
      approval: scene.approval,
    })
    expect(answer.body.refusal).toEqual({ code: 'refund.practice_cash' })
  })

  test('what a live key asks for bears no such mark', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
    const begun = await scene.pay('qris')
    expect(begun).not.toHaveProperty('isTest')
    expect((await confirm(scene, begun.id)).body.result).toMatchObject({ ok: true, status: 'paid' })
  })
})
