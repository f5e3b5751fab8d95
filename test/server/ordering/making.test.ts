import { expect, test } from 'vitest'
import { MAX_ASKS_PER_ORDER, ORDER_STATUSES, type Order, type OrderStatus } from '#shared/ordering/order.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop } from '../../support/test-shop.ts'

async function placed(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const { token } = await shop.table('A1')
  const [phone, barista] = [await shop.phone('A1'), await shop.staff('barista', undefined, 'Sari')]
  const args = await shop.orderArgs(token)
  await phone.send('order.place', args)
  const { orderId } = args
  const read = async (): Promise<Order> => {
    const changes = await shop.readStream(phone, `customer:${phone.customerId}`)
    return changes?.findLast((change) => change.id === orderId)?.body as Order
  }
  const move = (from: OrderStatus, to: OrderStatus) => barista.send('order.move', { orderId, from, to })
  const accept = () => barista.send('order.accept', { orderId, readyInMinutes: 5 })
  return { shop, token, phone, barista, orderId, read, move, accept }
}

/** Brings the placed order to the status by the ways that lead there. */
async function bringTo(status: OrderStatus, shop: Awaited<ReturnType<typeof placed>>): Promise<void> {
  const { accept, move, barista, phone, orderId } = shop
  if (status === 'rejected') await barista.send('order.reject', { orderId, reason: 'closing', text: '' })
  if (status === 'cancelled') await phone.send('order.ask', { orderId, kind: 'cancel', note: '' })
  const way = ['placed', 'accepted', 'preparing', 'ready', 'served'] as const
  for (let step = 1; step <= way.indexOf(status as (typeof way)[number]); step++) {
    if (step === 1) await accept()
    else await move(way[step - 1] ?? 'placed', way[step] ?? 'placed')
  }
}

describeOnBoth('an order moves as its table says', (dialect) => {
  test('from the tap to the table, each step with its time and its maker', async () => {
    const facts = await placed(dialect)
    const { shop, orderId, read, move, accept, barista, token } = facts
    const startMs = shop.clock.now()
    await barista.send('order.see', { orderIds: [orderId] })
    await accept()
    expect(await read()).toMatchObject({
      seenAtMs: startMs,
      acceptedAtMs: startMs,
      promisedAtMs: startMs + 300_000,
    })
    for (const [from, to] of [
      ['accepted', 'preparing'],
      ['preparing', 'ready'],
      ['ready', 'served'],
    ] as const) {
      shop.clock.turn(60_000)
      expect((await move(from, to)).body.result).toEqual({ orderId, status: to })
    }
    expect(await read()).toMatchObject({
      status: 'served',
      madeBy: 'Sari',
      preparingAtMs: startMs + 60_000,
      readyAtMs: startMs + 120_000,
      servedAtMs: startMs + 180_000,
    })
    const moves = await barista.fetch(`/api/desk/${(await shop.outlet()).id}/orders/${orderId}/moves`)
    const told = ((await moves.json()) as { moves: { what: string; who: string | null }[] }).moves
    expect(told.map(({ what, who }) => `${what} ${who}`)).toEqual([
      'placed null',
      'seen Sari',
      'accepted Sari',
      'preparing Sari',
      'ready Sari',
      'served Sari',
    ])
    expect(JSON.stringify(told)).not.toContain(token)
  })

  // Only what is to be fetched can be left standing: see the tests of pick-up.
  test.each(ORDER_STATUSES.filter((each) => each !== 'no_show'))(
    'from %s only the moves that a barista may make',
    async (from) => {
      const facts = await placed(dialect)
      await bringTo(from, facts)
      const allowed: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
        placed: [],
        accepted: ['preparing', 'ready', 'placed'],
        preparing: ['ready', 'accepted'],
        ready: ['served', 'preparing'],
        served: ['ready'],
        rejected: ['placed'],
        cancelled: [],
        no_show: ['ready', 'served'],
      }
      for (const to of ORDER_STATUSES) {
        if (to === from || allowed[from].includes(to)) continue
        const answer = await facts.move(from, to)
        expect([to, answer.status, answer.body.refusal]).toMatchObject([
          to,
          409,
          { code: 'order.illegal_move', from, to },
        ])
      }
      expect((await facts.read()).status).toBe(from)
    },
  )

  test('two boards that move one order at once move it once', async () => {
    const { shop, accept, move, read, orderId } = await placed(dialect)
    await accept()
    const other = await shop.staff('barista')
    const answers = await Promise.all([
      move('accepted', 'preparing'),
      other.send('order.move', { orderId, from: 'accepted', to: 'ready' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body.refusal.code).toBe('order.moved_meanwhile')
    expect(['preparing', 'ready']).toContain((await read()).status)
  })

  test('a move that waited names what ended the order meanwhile', async () => {
    const facts = await placed(dialect)
    await bringTo('cancelled', facts)
    const ended = { status: 'cancelled', reason: 'asked' }
    expect((await facts.accept()).body.refusal).toEqual({ code: 'order.moved_meanwhile', ...ended })
    const moved = await facts.move('accepted', 'ready')
    expect(moved.body.refusal).toEqual({ code: 'order.moved_meanwhile', ...ended })
    const { barista, orderId } = facts
    const rejected = await barista.send('order.reject', { orderId, reason: 'closing', text: '' })
    expect(rejected.body.refusal).toMatchObject({
      code: 'order.illegal_move',
      from: 'cancelled',
      reason: 'asked',
    })
  })

  test('what was ever ready stays on the bill, however often it is moved back', async () => {
    const facts = await placed(dialect)
    const { barista, phone, orderId, move, read } = facts
    await bringTo('served', facts)
    const refusalOf = async (answer: Promise<{ body: { refusal?: { code: string } } }>) =>
      (await answer).body.refusal?.code
    expect((await move('served', 'ready')).status).toBe(200)
    expect((await move('ready', 'preparing')).status).toBe(200)
    expect(await refusalOf(move('preparing', 'cancelled'))).toBe('order.made_already')
    await phone.send('order.ask', { orderId, kind: 'cancel', note: '' })
    const answered = barista.send('order.answer', { orderId, isAccepted: true })
    expect(await refusalOf(answered)).toBe('order.made_already')
    expect((await move('preparing', 'accepted')).status).toBe(200)
    expect(await refusalOf(move('accepted', 'placed'))).toBe('order.made_already')
    expect(await refusalOf(move('accepted', 'cancelled'))).toBe('order.made_already')
    const rejected = barista.send('order.reject', { orderId, reason: 'closing', text: '' })
    expect(await refusalOf(rejected)).toBe('order.made_already')
    const { visitId } = await read()
    await barista.send('visit.close', { visitId })
    expect(await read()).toMatchObject({ status: 'accepted', request: { answer: null } })
    expect((await move('accepted', 'ready')).status).toBe(200)
  })

  test('nothing comes back to be answered on a visit that was closed: it would be owed by nobody and never end', async () => {
    const facts = await placed(dialect)
    const { shop, token, phone, barista, orderId, read, move } = facts
    await bringTo('accepted', facts)
    const second = await shop.orderArgs(token)
    expect((await phone.send('order.place', second)).status).toBe(200)
    const { visitId } = await read()
    await barista.send('visit.close', { visitId })
    for (const [id, from] of [
      [orderId, 'accepted'],
      [second.orderId, 'rejected'],
    ] as const) {
      const answer = await barista.send('order.move', { orderId: id, from, to: 'placed' })
      expect([answer.status, answer.body.refusal]).toEqual([409, { code: 'order.visit_closed' }])
    }
    expect((await read()).status).toBe('accepted')
    expect((await move('accepted', 'preparing')).status).toBe(200)
    expect((await move('preparing', 'accepted')).status).toBe(200)
  })

  test('one tap too many is harmless, one tap back undoes', async () => {
    const { accept, move, read } = await placed(dialect)
    await accept()
    await accept()
    const before = await read()
    await move('accepted', 'preparing')
    expect((await move('accepted', 'preparing')).status).toBe(200)
    await move('preparing', 'accepted')
    const { rev: _, ...after } = await read()
    const { rev: __, ...wanted } = before
    expect(after).toEqual(wanted)
  })

  test('a guest moves nothing, whatever they send', async () => {
    const { shop, phone, orderId, read } = await placed(dialect)
    const before = await read()
    for (const [name, args] of [
      ['order.move', { orderId, from: 'placed', to: 'served' }],
      ['order.accept', { orderId, readyInMinutes: 1 }],
      ['order.answer', { orderId, isAccepted: true }],
      ['order.promise', { orderId, readyInMinutes: 1 }],
    ] as const) {
      expect((await phone.send(name, args)).status).toBe(401)
    }
    const other = await shop.phone('A1')
    const stolen = await other.send('order.ask', { orderId, kind: 'cancel', note: '' })
    expect([stolen.status, stolen.body.refusal]).toEqual([404, { code: 'order.unknown' }])
    const none = await other.send('order.ask', { orderId: shop.id('ord'), kind: 'cancel', note: '' })
    expect(none.body).toEqual(stolen.body)
    expect(await read()).toEqual(before)
  })
})

describeOnBoth('a guest may change their mind', (dialect) => {
  test('before anybody accepted, cancelling is granted at once', async () => {
    const { phone, orderId, read } = await placed(dialect)
    await phone.send('order.ask', { orderId, kind: 'cancel', note: 'salah pesan' })
    expect(await read()).toMatchObject({
      status: 'cancelled',
      reason: { code: 'asked', text: 'salah pesan' },
    })
  })

  test('afterwards the barista answers: yes cancels, no leaves it as it was', async () => {
    for (const isAccepted of [true, false]) {
      const { phone, barista, orderId, read, accept } = await placed(dialect)
      await accept()
      await phone.send('order.ask', { orderId, kind: 'cancel', note: '' })
      expect(await read()).toMatchObject({ status: 'accepted', request: { kind: 'cancel', answer: null } })
      await barista.send('order.answer', { orderId, isAccepted })
      expect(await read()).toMatchObject({
        status: isAccepted ? 'cancelled' : 'accepted',
        request: { answer: isAccepted ? 'accepted' : 'declined' },
      })
      expect((await barista.send('order.answer', { orderId, isAccepted })).body.refusal.code).toBe(
        'order.no_request',
      )
    }
  })

  test('who asks again and again is sent to the barista, and may still cancel what nobody accepted', async () => {
    const { phone, orderId, read } = await placed(dialect)
    const ask = (kind: string) => phone.send('order.ask', { orderId, kind, note: '' })
    const answers = []
    for (let asked = 0; asked < 20; asked++) answers.push(await ask('change'))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(MAX_ASKS_PER_ORDER)
    expect(answers.at(-1)?.body.refusal.code).toBe('order.asked_often')
    expect((await ask('cancel')).status).toBe(200)
    expect((await read()).status).toBe('cancelled')
  })

  test.each(['ready', 'served', 'rejected', 'cancelled'] as const)(
    'when it is %s it is too late',
    async (status) => {
      const facts = await placed(dialect)
      await bringTo(status, facts)
      const answer = await facts.phone.send('order.ask', { orderId: facts.orderId, kind: 'change', note: '' })
      expect([answer.status, answer.body.refusal]).toEqual([409, { code: 'order.over', status }])
    },
  )

  test('a cancelled or rejected order no longer counts towards the cap', async () => {
    const { shop, token, phone, barista, orderId, accept } = await placed(dialect)
    await accept()
    const { visitId } = (await phone.send('visit.join', { token })).body.result
    await barista.send('visit.raise_cap', { visitId, capRp: 44_000 })
    const second = await shop.orderArgs(token)
    await phone.send('order.place', second)
    expect((await phone.send('order.place', await shop.orderArgs(token))).body.refusal.code).toBe(
      'order.cap_reached',
    )
    await barista.send('order.reject', { orderId: second.orderId, reason: 'sold_out', text: '' })
    const third = await shop.orderArgs(token)
    expect((await phone.send('order.place', third)).status).toBe(200)
    await phone.send('order.ask', { orderId: third.orderId, kind: 'cancel', note: '' })
    expect((await phone.send('order.place', await shop.orderArgs(token))).status).toBe(200)
    expect(orderId).not.toBe(third.orderId)
  })
})
