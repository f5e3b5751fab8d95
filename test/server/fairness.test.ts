import { expect, test } from 'vitest'
import { describeOnBoth } from '../support/both-databases.ts'
import { type Answer, type Browser, commandId } from '../support/browser.ts'
import { createTestShop } from '../support/test-shop.ts'

/** The address that everybody in the café has, the attacker too. */
const WIFI = '203.0.113.9'

/** More than all floods of these tests may ask before they are told to wait. */
const HEAD_START = 500

/** Asks wave after wave, until `isOver`; answers how it was answered, by status. */
async function flood(
  isOver: () => boolean,
  ask: () => Promise<{ status: number }>,
  hear: (sent: number) => void,
) {
  const counts: Record<number, number> = {}
  for (let sent = 25; !isOver(); sent += 25) {
    const answers = await Promise.all(Array.from({ length: 25 }, ask))
    hear(sent)
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return counts
}

/** What guests get while the flood goes on. */
async function beside<Value>(ask: () => Promise<{ status: number }>, honest: () => Promise<Value>) {
  let isOver = false
  const { promise: isUnderWay, resolve } = Promise.withResolvers<void>()
  const flooding = flood(
    () => isOver,
    ask,
    (sent) => {
      if (sent >= HEAD_START) resolve()
    },
  )
  // By requests and not by time: a slow machine floods slowly.
  await Promise.race([isUnderWay, flooding])
  const value = await honest().finally(() => {
    isOver = true
  })
  return { value, flooded: await flooding }
}

async function inTurn(count: number, ask: (at: number) => Promise<Answer>): Promise<number[]> {
  const statuses = []
  for (let at = 0; at < count; at++) statuses.push((await ask(at)).status)
  return statuses
}

const scanned = (guest: Browser, token: string) => guest.send('code.scan', { token })
const allPassed = (count: number) => Array<number>(count).fill(200)

describeOnBoth('an attacker on the café’s Wi-Fi and its guests, at once', (dialect) => {
  test('a photograph of the code does not keep new guests from that table, nor do the shop’s public codes', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    let attackers = 0
    const { value } = await beside(
      async () => (attackers++ < 250 ? scanned(shop.stranger(WIFI), token) : { status: 0 }),
      () => inTurn(20, () => scanned(shop.stranger(WIFI), token)),
    )
    expect(value).toEqual(allPassed(20))
  })

  test('at the very code that is flooded a guest who waits as told comes in within three tries', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const { value } = await beside(
      () => scanned(shop.stranger(WIFI), token),
      async () => {
        const tries = async () => {
          const guest = shop.stranger(WIFI)
          let answer = await scanned(guest, token)
          for (let tried = 1; tried < 3 && answer.status === 429; tried++) {
            const waitMs = Number(answer.headers.get('retry-after')) * 1000
            await new Promise((resolve) => setTimeout(resolve, waitMs))
            answer = await guest.send('code.scan', { token }, { id: answer.id })
          }
          return answer.status
        }
        return Promise.all(Array.from({ length: 20 }, tries))
      },
    )
    expect(value).toEqual(allPassed(20))
  })

  test('junk without cookies neither stops a first scan nor an order', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const known = shop.stranger(WIFI)
    await scanned(known, token)
    const junk = ['0000000000000000', 'x', { much: 'x'.repeat(9000) }]
    let sent = 0
    const { value, flooded } = await beside(
      () => shop.stranger(WIFI).send('code.scan', { token: junk[sent++ % junk.length] }),
      async () => [
        ...(await inTurn(20, () => scanned(shop.stranger(WIFI), token))),
        (await known.send('order.place', await shop.orderArgs(token))).status,
      ],
    )
    expect(value).toEqual(allPassed(21))
    expect(flooded[429]).toBeGreaterThan(0)
  })

  test('phones that hammer stop only themselves', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const guest = shop.stranger(WIFI)
    await scanned(guest, token)
    const phones = Array.from({ length: 3 }, () => shop.stranger(WIFI))
    for (const phone of phones) await scanned(phone, token)
    let sent = 0
    const { value, flooded } = await beside(
      () => phones[sent++ % phones.length]?.send('order.place', 'x') ?? Promise.reject(new Error('a phone')),
      async () => [
        ...(await inTurn(20, () => scanned(guest, token))),
        (await guest.send('order.place', await shop.orderArgs(token))).status,
      ],
    )
    expect(value).toEqual(allPassed(21))
    expect(flooded[422]).toBeLessThanOrEqual(360)
    expect(flooded[429]).toBeGreaterThan(0)
  })

  test('a phone that the server forgot hears so at once, and scans anew', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const { value } = await beside(
      () => shop.stranger(WIFI).send('code.scan', { token: 'x' }),
      async () => {
        const guest = shop.stranger(WIFI)
        const args = await shop.orderArgs(token)
        const id = commandId()
        const statuses = [(await guest.send('order.place', args, { id })).status]
        statuses.push((await scanned(guest, token)).status)
        return [...statuses, (await guest.send('order.place', args, { id })).status]
      },
    )
    expect(value).toEqual([401, 200, 200])
  })

  test('wrong device codes do not keep a right one out', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { id: outletId } = await shop.outlet()
    const enrol = (code: string) =>
      shop.stranger(WIFI).send('device.enrol', { code, deviceId: shop.id('dev'), label: 'Tablet' })
    const { value, flooded } = await beside(
      () => enrol('AAAA-AAAA'),
      async () => {
        const { code } = (await shop.asHouse('device.invite', { outletId })) as { code: string }
        return (await enrol(code)).status
      },
    )
    expect(value).toBe(200)
    expect(flooded[429]).toBeGreaterThan(flooded[404] ?? 0)
  })
})
