import { expect, test } from 'vitest'
import type { ProviderDay } from '#shared/payment/provider-day.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../../support/paying-scene.ts'

const DAY = '2026-11-18'

type Books = {
  readonly providers: readonly ProviderDay[]
  readonly sums: readonly {
    readonly method: string
    readonly isPractice: boolean
    readonly receivedRp: number
  }[]
  readonly expectedCashRp: number
  readonly openBills: { readonly bills: readonly { readonly owesRp: number }[]; readonly owesRp: number }
}

async function booksOf(scene: PayingScene, day = DAY): Promise<Books> {
  const response = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/${day}`)
  return (await response.json()) as Books
}

function part(amountRp: number) {
  return { kind: 'amount', amountRp } as const
}

describeOnBoth('the day beside what each provider says of it', (dialect) => {
  test('a code that is still open when the day is closed is listed as waiting, with what it asks for', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const open = await scene.showCode(part(7000))
    const { providers } = await booksOf(scene)
    expect(providers).toMatchObject([
      {
        provider: 'midtrans',
        isPractice: false,
        payments: 0,
        expectedRp: 0,
        settledRp: 0,
        differing: [],
        waiting: [{ paymentId: open.id, state: 'waiting', status: 'pending', askedRp: 7000 }],
      },
    ])
  })

  test('what was paid and never told is found by asking again', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
    const lost = await scene.showCode(part(10_000))
    scene.simulator?.webhooks.plan({ kind: 'lose' })
    scene.simulator?.payer.scan(lost.providerRef ?? '')
    scene.shop.clock.turn(60_000)
    const asked = await scene.manager.send('day.ask', { outletId: scene.outlet.id, day: DAY })
    expect(asked.body.result).toEqual({ ok: true, asked: 1 })
    await scene.settle()
    expect((await booksOf(scene)).providers).toMatchObject([
      { provider: 'xendit', payments: 1, expectedRp: 10_000, settledRp: 10_000, differing: [], waiting: [] },
    ])
  })

  test('what differs is named with both amounts, and agreement is not claimed for it', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const good = await scene.showCode(part(10_000))
    scene.simulator?.payer.scan(good.providerRef ?? '')
    await scene.settle()
    scene.shop.clock.turn(1000)
    const unpaid = await scene.showCode(part(7000))
    await scene.barista.send('payment.confirm', {
      paymentId: unpaid.id,
      reason: 'katanya sudah',
      approval: scene.approval,
    })
    await scene.settle()
    expect((await booksOf(scene)).providers).toMatchObject([
      {
        provider: 'midtrans',
        payments: 2,
        expectedRp: 17_000,
        settledRp: 10_000,
        differing: [{ paymentId: unpaid.id, bookedRp: 7000, providerRp: 0, state: 'differs' }],
        waiting: [],
      },
    ])
  })

  test.each(['midtrans', 'xendit'] as const)(
    'a refund that %s has done is no difference, and asking about the day ends one that is on its way',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider, isLive: true })
      const shown = await scene.showCode(part(10_000))
      scene.simulator?.payer.scan(shown.providerRef ?? '')
      await scene.settle()
      scene.simulator?.webhooks.plan({ kind: 'lose' })
      const refundId = scene.shop.id('rfd')
      const args = { refundId, paymentId: shown.id, amountRp: 4000, owesAgain: true, reason: 'salah pesan' }
      await scene.barista.send('payment.refund', { ...args, approval: scene.approval })
      await scene.settle()
      expect((await scene.refund(refundId)).stage).toBe('sent')
      const [before] = (await booksOf(scene)).providers
      expect(before).toMatchObject({ differing: [], returning: [{ paymentId: shown.id }] })
      scene.shop.clock.turn(60_000)
      const asked = await scene.manager.send('day.ask', { outletId: scene.outlet.id, day: DAY })
      expect(asked.body.result).toEqual({ ok: true, asked: 1 })
      await scene.settle()
      expect((await scene.refund(refundId)).stage).toBe('succeeded')
      const [after] = (await booksOf(scene)).providers
      expect(after).toMatchObject({
        expectedRp: 6000,
        settledRp: 6000,
        differing: [],
        returning: [],
        waiting: [],
      })
    },
  )

  test.each(['midtrans', 'xendit', 'practice'] as const)(
    'what was paid with a test key of %s is practice: marked, told apart, and no money',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode(part(10_000))
      if (provider === 'practice')
        await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay' })
      else scene.simulator?.payer.scan(shown.providerRef ?? '')
      await scene.settle()
      expect(await scene.payment(shown.id)).toMatchObject({
        status: 'paid',
        ...(provider === 'practice' ? {} : { isTest: true }),
      })
      const back = {
        paymentId: shown.id,
        amountRp: 4000,
        owesAgain: true,
        reason: 'latihan',
        approval: scene.approval,
      }
      // Handed out of the drawer, it would be missing from money that never came.
      const cash = { ...back, refundId: scene.shop.id('rfd'), way: 'cash' }
      const refused = await scene.barista.send('payment.refund', cash)
      expect(refused.body.refusal.code).toBe('refund.practice_cash')
      const same = { ...back, refundId: scene.shop.id('rfd'), way: 'same' }
      expect((await scene.barista.send('payment.refund', same)).body.result).toMatchObject({ ok: true })
      await scene.settle()
      scene.shop.clock.turn(60_000)
      await scene.manager.send('day.ask', { outletId: scene.outlet.id, day: DAY })
      await scene.settle()
      const books = await booksOf(scene)
      expect(books.expectedCashRp).toBe(0)
      expect(books.sums).toMatchObject([
        { method: 'qris', isPractice: true, receivedRp: 10_000, refundedRp: 4000 },
      ])
      expect(books.providers).toMatchObject([{ provider, isPractice: true }])
      const csv = await (await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/${DAY}.csv`)).text()
      expect(csv).toMatch(/"masuk","QRIS","[^"]+",,10000,/)
    },
  )

  test('money of a live key is money', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const shown = await scene.showCode(part(10_000))
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    expect(await scene.payment(shown.id)).not.toHaveProperty('isTest')
    expect((await booksOf(scene)).sums).toMatchObject([
      { method: 'qris', isPractice: false, receivedRp: 10_000 },
    ])
  })

  test('open bills of the day are listed with what they owe', async () => {
    const scene = await createPayingScene({ dialect })
    const owes = (await scene.bill()).sums.totalRp
    expect((await booksOf(scene)).openBills).toMatchObject({
      bills: [{ billId: scene.billId, owesRp: owes }],
      count: 1,
      owesRp: owes,
      earlier: { bills: 0, owesRp: 0 },
    })
    expect((await booksOf(scene, '2026-11-19')).openBills).toMatchObject({
      bills: [],
      earlier: { bills: 1, owesRp: owes },
    })
    await scene.barista.send('payment.take', {
      paymentId: scene.shop.id('pay'),
      billId: scene.billId,
      method: 'card',
      part: { kind: 'rest' },
      tipRp: 0,
      shownRp: owes,
      tenderedRp: owes,
    })
    expect((await booksOf(scene)).openBills).toMatchObject({ bills: [], count: 0, owesRp: 0 })
  })

  test('only managers of the outlet ask about its day', async () => {
    const scene = await createPayingScene({ dialect })
    const args = { outletId: scene.outlet.id, day: DAY }
    expect((await scene.barista.send('day.ask', args)).body.refusal.code).toBe('session.not_allowed')
    expect((await scene.foreignManager.send('day.ask', args)).body.refusal.code).toBe('session.wrong_outlet')
  })
})
