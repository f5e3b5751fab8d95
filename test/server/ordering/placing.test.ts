import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import { DEFAULT_PAYMENT_SETTINGS } from '#shared/payment/payment-settings.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { START_MS } from '../../support/filled-shop.ts'
import { createTestShop } from '../../support/test-shop.ts'

const HOUR_MS = 3_600_000

async function seated(dialect: 'sqlite' | 'postgres', slug?: string) {
  const shop = await createTestShop({ dialect })
  const { token } = await shop.table('A1', slug)
  return { shop, token, phone: await shop.phone('A1', slug), outlet: await shop.outlet(slug) }
}

describeOnBoth('an order is priced from the menu alone', (dialect) => {
  test('the order keeps names, unit prices and the total of the menu as it was', async () => {
    const { shop, token, phone, outlet } = await seated(dialect)
    const args = await shop.orderArgs(token, [
      {
        itemId: 'americano',
        quantity: 2,
        choices: [
          { groupId: 'ukuran', optionId: 'besar' },
          { groupId: 'suhu', optionId: 'dingin' },
        ],
      },
    ])
    // (20,000 + 5,000 large + 2,000 iced) × 2, and 10 % PB1.
    expect(args.shownTotalRp).toBe(59_400)
    const placed = await phone.send('order.place', args)
    expect(placed.status).toBe(200)
    await shop.asHouse('menu.set_price', { outletId: outlet.id, itemId: 'americano', priceRp: 99_000 })
    const changes = await shop.readStream(phone, `customer:${phone.customerId}`)
    const order = changes?.find((change) => change.id === args.orderId)?.body as Order
    expect(order.quote).toEqual({
      subtotalRp: 54_000,
      serviceRp: 0,
      taxRp: 5400,
      totalRp: 59_400,
      includedTaxRp: 0,
    })
    expect(order.lines[0]).toMatchObject({ name: { id: 'Americano' }, unitRp: 27_000, quantity: 2 })
  })

  test('service is charged before tax where the outlet charges it, and included tax is not added', async () => {
    const { shop, token, phone } = await seated(dialect, 'multatuli')
    const args = await shop.orderArgs(token, [{ itemId: 'americano' }], 'multatuli')
    const placed = await phone.send('order.place', args)
    expect(placed.body.result.totalRp).toBe(args.shownTotalRp)
    const included = await shop.table('A1', 'ayahanda')
    const guest = await shop.phone('A1', 'ayahanda')
    const second = await shop.orderArgs(included.token, [{ itemId: 'americano' }], 'ayahanda')
    expect((await guest.send('order.place', second)).body.result.totalRp).toBe(second.shownTotalRp)
  })

  test('a total that the phone saw before the price rose is asked about, and nothing is stored', async () => {
    const { shop, token, phone, outlet } = await seated(dialect)
    const args = await shop.orderArgs(token)
    await shop.asHouse('menu.set_price', { outletId: outlet.id, itemId: 'americano', priceRp: 25_000 })
    const before = await shop.count('changes')
    const answer = await phone.send('order.place', args)
    expect(answer.status).toBe(409)
    expect(answer.body.refusal).toMatchObject({
      code: 'order.price_changed',
      shownTotalRp: 22_000,
      quote: { subtotalRp: 25_000, taxRp: 2500, totalRp: 27_500 },
    })
    expect([await shop.count('orders'), await shop.count('visits')]).toEqual([0, 0])
    expect(await shop.count('changes')).toBe(before)
  })

  test.each([1, -1, -22_000, 500_000])('a shown total that is %i rupiah off is never taken', async (byRp) => {
    const { shop, token, phone } = await seated(dialect)
    const args = await shop.orderArgs(token)
    const answer = await phone.send('order.place', { ...args, shownTotalRp: args.shownTotalRp + byRp })
    expect(answer.body.refusal.code).toBe('order.price_changed')
    expect(await shop.count('orders')).toBe(0)
  })

  test.each([
    ['a price', { unitRp: 1 }],
    ['a name', { name: { id: 'x', en: 'x' } }],
    ['a discount', { discountRp: 20_000 }],
  ])('%s sent along with a line is refused by name', async (_, extra) => {
    const { shop, token, phone } = await seated(dialect)
    const args = await shop.orderArgs(token)
    const answer = await phone.send('order.place', { ...args, lines: [{ ...args.lines[0], ...extra }] })
    expect(answer.status).toBe(422)
    expect(answer.body.refusal.field).toBe(`lines.0.${Object.keys(extra)[0]}`)
    expect(await shop.count('orders')).toBe(0)
  })

  test.each([0, -1, 0.5, 21, 9990, 1e9])('%d of one item cannot be ordered', async (quantity) => {
    const { shop, token, phone } = await seated(dialect)
    const args = await shop.orderArgs(token)
    const answer = await phone.send('order.place', { ...args, lines: [{ ...args.lines[0], quantity }] })
    expect(answer.status).toBe(422)
    expect(answer.body.refusal.field).toBe('lines.0.quantity')
  })
})

describeOnBoth(
  'an order that cannot be made is refused with the reason, and nothing is stored',
  (dialect) => {
    async function refusal(change: Parameters<typeof place>[1]) {
      return place(await seated(dialect), change)
    }
    async function place(
      { shop, token, phone, outlet }: Awaited<ReturnType<typeof seated>>,
      change: (facts: {
        shop: Awaited<ReturnType<typeof createTestShop>>
        outletId: string
        token: string
      }) => Promise<Record<string, unknown>>,
    ) {
      const args = await shop.orderArgs(token)
      const changed = await change({ shop, outletId: outlet.id, token })
      const answer = await phone.send('order.place', { ...args, ...changed })
      expect(await shop.count('orders')).toBe(0)
      return { status: answer.status, refusal: answer.body.refusal }
    }
    const line = (itemId: string, choices: unknown[] = []) => ({
      lines: [{ itemId, choices, quantity: 1, note: '' }],
    })

    test('an item that is not on the menu', async () => {
      expect(await refusal(async () => line('kopi-luwak'))).toEqual({
        status: 409,
        refusal: { code: 'order.item_gone', line: 0, itemId: 'kopi-luwak' },
      })
    })

    test('an item that is sold out', async () => {
      const answer = await refusal(async ({ shop, outletId }) => {
        await shop.asHouse('menu.sold_out', { outletId, itemId: 'americano', until: 'time', minutes: 30 })
        return {}
      })
      expect(answer.refusal).toEqual({ code: 'order.item_sold_out', line: 0, itemId: 'americano' })
    })

    test('breakfast after eleven', async () => {
      const answer = await refusal(async ({ shop }) => {
        shop.clock.turn(HOUR_MS)
        return line('roti-telur-setengah')
      })
      expect(answer.refusal.code).toBe('order.item_not_now')
    })

    test('a Ramadan drink in November', async () => {
      const answer = await refusal(async ({ shop }) => {
        shop.clock.turn(6 * HOUR_MS)
        return line('es-kurma-susu')
      })
      expect(answer.refusal).toEqual({ code: 'order.item_not_now', line: 0, itemId: 'es-kurma-susu' })
    })

    test('a bottle that is only for taking away', async () => {
      expect((await refusal(async () => line('teh-melati-liter'))).refusal.code).toBe('order.item_not_now')
    })

    test.each([
      ['none where one is needed', []],
      [
        'two sizes',
        [
          { groupId: 'ukuran', optionId: 'besar' },
          { groupId: 'ukuran', optionId: 'reguler' },
          { groupId: 'suhu', optionId: 'panas' },
        ],
      ],
      [
        'one that does not exist',
        [
          { groupId: 'ukuran', optionId: 'ember' },
          { groupId: 'suhu', optionId: 'panas' },
        ],
      ],
      [
        'one of another item',
        [
          { groupId: 'pedas', optionId: 'sedang' },
          { groupId: 'ukuran', optionId: 'besar' },
          { groupId: 'suhu', optionId: 'panas' },
        ],
      ],
    ])('choices that the item has not: %s', async (_, choices) => {
      expect((await refusal(async () => line('americano', choices))).refusal).toEqual({
        code: 'order.choices_changed',
        line: 0,
        itemId: 'americano',
      })
    })

    test('an outlet that is closed says when it opens', async () => {
      const answer = await refusal(async ({ shop }) => {
        await shop.setHours('07:00', '23:00')
        shop.clock.set(START_MS + 16 * HOUR_MS)
        return {}
      })
      expect(answer.refusal).toEqual({
        code: 'order.outlet_closed',
        opensAtMs: Date.parse('2026-11-19T00:00:00Z'),
      })
    })

    test('an outlet that has paused says what its staff wrote', async () => {
      const message = { id: 'Sebentar, ramai sekali.', en: 'One moment, very busy.' }
      const answer = await refusal(async ({ shop, outletId }) => {
        await shop.asHouse('outlet.set_load', { outletId, load: { mode: 'paused', addMinutes: 0, message } })
        return {}
      })
      expect(answer.refusal).toEqual({ code: 'order.outlet_paused', message })
    })

    test('a busy outlet still takes orders', async () => {
      const { shop, token, phone, outlet } = await seated(dialect)
      await shop.asHouse('outlet.set_load', {
        outletId: outlet.id,
        load: { mode: 'busy', addMinutes: 15, message: null },
      })
      expect((await phone.send('order.place', await shop.orderArgs(token))).status).toBe(200)
    })

    test('an order at a table that was taken away', async () => {
      const answer = await refusal(async ({ shop }) => {
        const table = await shop.table('A1')
        await shop.asHouse('table.change', {
          tableId: table.id,
          areaId: 'dalam',
          label: 'A1',
          seats: 2,
          isActive: false,
        })
        return {}
      })
      expect(answer).toEqual({ status: 404, refusal: { code: 'code.unknown' } })
    })
  },
)

describeOnBoth('orders are numbered from one in every business day', (dialect) => {
  test('the number starts again at four in the morning of the outlet, not at midnight', async () => {
    const shop = await createTestShop({ dialect })
    const zones = {
      mojopahit: 'Asia/Jakarta',
      multatuli: 'Asia/Makassar',
      ayahanda: 'Asia/Jayapura',
    } as const
    const open = { from: '00:00', until: '24:00' }
    for (const [slug, zone] of Object.entries(zones)) {
      const { id, rev: _, load: __, ...settings } = await shop.outlet(slug)
      const hours = [[open], [open], [open], [open], [open], [open], [open]]
      await shop.asHouse('outlet.change', { outletId: id, settings: { ...settings, zone, hours } })
    }
    for (const [slug, offset] of [
      ['mojopahit', 7],
      ['multatuli', 8],
      ['ayahanda', 9],
    ] as const) {
      const fourOClockMs = Date.parse('2026-11-19T04:00:00Z') - offset * HOUR_MS
      const { token } = await shop.table('A1', slug)
      const placeAt = async (atMs: number) => {
        shop.clock.set(atMs)
        const phone = await shop.phone('A1', slug)
        const placed = await phone.send('order.place', await shop.orderArgs(token, undefined, slug))
        return placed.body.result.number
      }
      expect(await placeAt(fourOClockMs - 5 * HOUR_MS)).toBe(1)
      expect(await placeAt(fourOClockMs - 60_000)).toBe(2)
      expect(await placeAt(fourOClockMs)).toBe(1)
      expect(await placeAt(fourOClockMs + 1000)).toBe(2)
    }
  })

  test('a refused order takes no number with it', async () => {
    const { shop, token, phone } = await seated(dialect)
    const args = await shop.orderArgs(token)
    await phone.send('order.place', { ...args, shownTotalRp: 1 })
    const other = await shop.phone('A1')
    await phone.send('order.place', args)
    // Waits for the first one, so it is refused after its number was taken within the transaction.
    await phone.send('order.place', await shop.orderArgs(token))
    const next = await other.send('order.place', await shop.orderArgs(token))
    expect(next.body.result.number).toBe(2)
  })
})

describeOnBoth('a phone that nobody has seen at the table', (dialect) => {
  test.each(['end', 'first'] as const)(
    'orders no more than the table’s cap, and learns nothing of what the table owes; paid %s',
    async (payWhen) => {
      const { shop, token, phone: host, outlet } = await seated(dialect)
      const settings = {
        ...DEFAULT_PAYMENT_SETTINGS,
        methods: ['qris' as const],
        provider: 'practice' as const,
      }
      const barista = await shop.staff('barista')
      const first = await shop.orderArgs(token)
      const { visitId } = (await host.send('order.place', first)).body.result
      await barista.send('order.accept', { orderId: first.orderId, readyInMinutes: 5 })
      await shop.asHouse('outlet.set_payment', {
        outletId: outlet.id,
        settings: { ...settings, payWhen: { table: payWhen, pickup: 'first' } },
      })
      const stranger = await shop.phone('A1')
      const args = await shop.orderArgs(token, [{ itemId: 'espresso', quantity: 3 }])
      const capRp = args.shownTotalRp - 1
      await barista.send('visit.raise_cap', { visitId, capRp })
      const refused = await stranger.send('order.place', args)
      expect([refused.status, refused.body.refusal]).toEqual([409, { code: 'order.cap_reached', capRp }])
      await barista.send('visit.raise_cap', { visitId, capRp: args.shownTotalRp })
      const again = { ...args, orderId: shop.id('ord') }
      expect((await stranger.send('order.place', again)).status).toBe(200)
    },
  )
})
