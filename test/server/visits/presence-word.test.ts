import { expect, test } from 'vitest'
import { presenceWord, WORD_MS } from '../../../server/visits/presence-word.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop } from '../../support/test-shop.ts'

const SLUG = 'multatuli'

async function atTable(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const { token } = await shop.table('A1', SLUG)
  const barista = await shop.staff('barista', SLUG)
  const { id } = await shop.outlet(SLUG)
  const shown = async () => {
    const response = await barista.fetch(`/api/desk/${id}/word`)
    return ((await response.json()) as { word: string }).word
  }
  return { shop, token, shown, outletId: id, phone: await shop.phone('A1', SLUG) }
}

describeOnBoth('the word on the counter proves that somebody is there', (dialect) => {
  test('who knows it is let in, and the first order need not wait', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    const proven = await phone.send('visit.prove', { token, word: await shown() })
    expect(proven.body.result.isProven).toBe(true)
    const args = await shop.orderArgs(token, undefined, SLUG)
    await phone.send('order.place', args)
    const changes = await shop.readStream(phone, `visit:${proven.body.result.visitId}`)
    expect(changes?.find((change) => change.id === args.orderId)?.body).toMatchObject({ presence: 'proven' })
  })

  test('however it is typed, and for one word longer than it stands there', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    const word = await shown()
    shop.clock.turn(WORD_MS)
    expect(await shown()).not.toBe(word)
    const typed = ` ${word.toUpperCase().replace(' ', '-')} `
    expect((await phone.send('visit.prove', { token, word: typed })).body.result.isProven).toBe(true)
  })

  test('the word before the last, tomorrow’s, and another outlet’s are wrong', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    const old = await shown()
    const other = await shop.outlet('mojopahit')
    shop.clock.turn(2 * WORD_MS)
    const wrong = [
      old,
      presenceWord((await shop.outlet(SLUG)).id, shop.clock.now() + WORD_MS, shop.door.secrets),
      presenceWord(other.id, shop.clock.now(), shop.door.secrets),
    ]
    for (const word of wrong) {
      expect((await phone.send('visit.prove', { token, word })).body.result.isProven).toBe(false)
    }
  })

  test('after five wrong words the phone waits ten minutes, also with the right one', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const answer = await phone.send('visit.prove', { token, word: 'jati 00' })
      expect(answer.body.result).toEqual({ isProven: false, triesLeft })
    }
    const refused = await phone.send('visit.prove', { token, word: await shown() })
    expect([refused.status, refused.body.refusal.code]).toEqual([409, 'visit.word_tried'])
    shop.clock.turn(10 * 60_000)
    expect((await phone.send('visit.prove', { token, word: await shown() })).body.result.isProven).toBe(true)
  })

  test('a hundred words in parallel are tried five times', async () => {
    const { token, phone } = await atTable(dialect)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => phone.send('visit.prove', { token, word: `jati ${index}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  })

  test('a table takes twenty wrong words in ten minutes, however many fresh phones bring them', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    const phones = await Promise.all(Array.from({ length: 30 }, () => shop.phone('A1', SLUG)))
    const answers = await Promise.all(
      phones.map((each, index) => each.send('visit.prove', { token, word: `jati ${index}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20)
    const refused = await phone.send('visit.prove', { token, word: await shown() })
    expect([refused.status, refused.body.refusal.code]).toEqual([409, 'visit.word_tried'])
    const neighbour = await shop.phone('A2', SLUG)
    const at = (await shop.table('A2', SLUG)).token
    expect(
      (await neighbour.send('visit.prove', { token: at, word: await shown() })).body.result.isProven,
    ).toBe(true)
    shop.clock.turn(10 * 60_000)
    expect((await phone.send('visit.prove', { token, word: await shown() })).body.result.isProven).toBe(true)
  })

  test('where the outlet has not turned it on, it proves nothing', async () => {
    const shop = await createTestShop({ dialect })
    const outlet = await shop.outlet()
    const word = presenceWord(outlet.id, shop.clock.now(), shop.door.secrets)
    const phone = await shop.phone('A1')
    const answer = await phone.send('visit.prove', { token: (await shop.table('A1')).token, word })
    expect([answer.status, answer.body.refusal.code]).toEqual([409, 'visit.word_off'])
  })
})

describeOnBoth('a call brings a barista to the table', (dialect) => {
  test('it is placed, taken by name, finished, and the phone sees each step', async () => {
    const { shop, token, phone } = await atTable(dialect)
    const barista = await shop.staff('barista', SLUG, 'Sari')
    const callId = shop.id('cal')
    await phone.send('call.place', { callId, token, kind: 'bill', note: 'tunai' })
    await barista.send('call.take', { callId })
    await barista.send('call.finish', { callId })
    const changes = await shop.readStream(phone, `customer:${phone.customerId}`)
    expect(changes?.findLast((change) => change.id === callId)?.body).toMatchObject({
      state: 'done',
      takenBy: 'Sari',
      isPresent: false,
    })
    expect((await barista.send('call.take', { callId })).body.refusal.code).toBe('call.over')
  })

  test('two open calls per phone and three per table from phones that were not let in', async () => {
    const { shop, token, phone } = await atTable(dialect)
    const place = (who: typeof phone) =>
      who.send('call.place', { callId: shop.id('cal'), token, kind: 'water', note: '' })
    const [second, third] = [await shop.phone('A1', SLUG), await shop.phone('A1', SLUG)]
    const statuses = []
    for (const who of [phone, phone, phone, second, second, third]) statuses.push((await place(who)).status)
    expect(statuses).toEqual([200, 200, 409, 200, 409, 409])
  })

  test('strangers who call from outside leave the guests their four calls', async () => {
    const { shop, token, shown, phone } = await atTable(dialect)
    const place = (who: typeof phone) =>
      who.send('call.place', { callId: shop.id('cal'), token, kind: 'water', note: '' })
    const strangers = await Promise.all(Array.from({ length: 4 }, () => shop.phone('A1', SLUG)))
    for (const stranger of strangers) await place(stranger)
    const guests = [phone, await shop.phone('A1', SLUG), await shop.phone('A1', SLUG)]
    for (const guest of guests) await guest.send('visit.prove', { token, word: await shown() })
    const statuses = []
    for (const guest of [...guests, ...guests]) statuses.push((await place(guest)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 409, 409])
  })

  test('nobody withdraws the call of another phone', async () => {
    const { shop, token, phone } = await atTable(dialect)
    const callId = shop.id('cal')
    await phone.send('call.place', { callId, token, kind: 'help', note: '' })
    const other = await shop.phone('A1', SLUG)
    expect((await other.send('call.withdraw', { callId })).status).toBe(404)
    expect((await phone.send('call.withdraw', { callId })).status).toBe(200)
  })
})
