import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import type { Browser } from '../../support/browser.ts'
import { createTestShop, PIN, SETUP_CODE } from '../../support/test-shop.ts'

type Shop = Awaited<ReturnType<typeof createTestShop>>

/** The same tablet as it is when the answer to what it just sent never reached it. */
function withoutAnswer(shop: Shop, before: ReadonlyMap<string, string>): Browser {
  const tablet = shop.stranger()
  for (const [name, value] of before) tablet.setCookie(name, value)
  return tablet
}

async function deskOf(browser: Browser) {
  return (await browser.fetch('/api/desk')).json() as Promise<{
    device: { id: string } | null
    me: { id: string } | null
  }>
}

/** Sends it, loses the answer with its cookies, and sends it again. */
async function sendAgain(shop: Shop, tablet: Browser, name: string, args: unknown) {
  const before = new Map(tablet.cookies)
  const first = await tablet.send(name, args)
  expect(first.status).toBe(200)
  const again = withoutAnswer(shop, before)
  const answer = await again.send(name, args, { id: first.id })
  expect([answer.status, answer.body.result]).toEqual([200, first.body.result])
  return again
}

describeOnBoth('a tablet whose answer was lost is let in by the same command', (dialect) => {
  for (const who of ['a new browser', 'a browser that scanned a table before'] as const) {
    const open = async () => {
      const shop = await createTestShop({ dialect })
      return { shop, tablet: who === 'a new browser' ? shop.stranger() : await shop.phone('A1') }
    }

    test(`${who}: the owner at the first set-up`, async () => {
      const { shop, tablet } = await open()
      await shop.printSetupCode()
      const [staffId, deviceId] = [shop.id('stf'), shop.id('dev')]
      const again = await sendAgain(shop, tablet, 'setup.complete', {
        code: SETUP_CODE,
        outletId: (await shop.outlet()).id,
        staffId,
        deviceId,
        name: 'Sari',
        pin: PIN,
        deviceLabel: 'Tablet',
      })
      expect(await deskOf(again)).toMatchObject({ device: { id: deviceId }, me: { id: staffId } })
    })

    test(`${who}: a device with its one-time code`, async () => {
      const { shop, tablet } = await open()
      const manager = await shop.staff('manager')
      const invited = await manager.send('device.invite', { outletId: (await shop.outlet()).id })
      const args = { code: invited.body.result.code, deviceId: shop.id('dev'), label: 'Tablet' }
      const again = await sendAgain(shop, tablet, 'device.enrol', args)
      expect((await deskOf(again)).device?.id).toBe(args.deviceId)
    })
  }

  test('a person who signs in, also after somebody else on that tablet', async () => {
    const shop = await createTestShop({ dialect })
    const tablet = await shop.staff('barista')
    const { me } = await deskOf(tablet)
    const owner = await shop.staff('owner')
    const { me: other } = await deskOf(owner)
    expect(other?.id).not.toBe(me?.id)
    const again = await sendAgain(shop, tablet, 'staff.sign_in', { staffId: other?.id, pin: PIN })
    expect((await deskOf(again)).me?.id).toBe(other?.id)
  })

  test.each(['signed out', 'given another PIN'] as const)(
    'nobody by the sign-in of a person who was %s since',
    async (since) => {
      const shop = await createTestShop({ dialect })
      const tablet = await shop.staff('barista')
      const { me } = await deskOf(tablet)
      const before = new Map(tablet.cookies)
      const first = await tablet.send('staff.sign_in', { staffId: me?.id, pin: PIN })
      if (since === 'signed out') await tablet.send('staff.sign_out', {})
      else await shop.asHouse('staff.set_pin', { staffId: me?.id, pin: '582913' })
      const again = withoutAnswer(shop, before)
      await again.send('staff.sign_in', { staffId: me?.id, pin: PIN }, { id: first.id })
      expect((await deskOf(again)).me).toBeNull()
    },
  )

  test('for ten minutes, and nobody by what somebody kept for longer', async () => {
    const shop = await createTestShop({ dialect })
    const tablet = await shop.staff('barista')
    const { me } = await deskOf(tablet)
    const before = new Map(tablet.cookies)
    const first = await tablet.send('staff.sign_in', { staffId: me?.id, pin: PIN })
    const signInAgain = async () => {
      const again = withoutAnswer(shop, before)
      await again.send('staff.sign_in', { staffId: me?.id, pin: PIN }, { id: first.id })
      return (await deskOf(again)).me?.id
    }
    shop.clock.turn(10 * 60_000 - 1)
    expect(await signInAgain()).toBe(me?.id)
    shop.clock.turn(1)
    expect(await signInAgain()).toBeUndefined()
  })

  test('a wrong PIN sent again signs nobody in and counts once', async () => {
    const shop = await createTestShop({ dialect })
    const tablet = await shop.staff('barista')
    const { me } = await deskOf(tablet)
    const again = await sendAgain(shop, tablet, 'staff.sign_in', { staffId: me?.id, pin: '990011' })
    expect((await deskOf(again)).me?.id).toBe(me?.id)
    const next = await again.send('staff.sign_in', { staffId: me?.id, pin: '990011' })
    expect(next.body.result.triesLeft).toBe(8)
  })
})

describeOnBoth('a move whose answer was lost, sent again by the next person on the tablet', (dialect) => {
  /** An accepted order at a tablet whose barista was replaced by somebody else before the answer came. */
  async function handedOver() {
    const shop = await createTestShop({ dialect })
    const tablet = await shop.staff('barista')
    const phone = await shop.phone('A1')
    const { orderId } = await shop.orderArgs((await shop.table('A1')).token)
    await phone.send('order.place', { ...(await shop.orderArgs((await shop.table('A1')).token)), orderId })
    const args = { orderId, readyInMinutes: 5 }
    const first = await tablet.send('order.accept', args)
    const next = shop.id('stf')
    const outletIds = [(await shop.outlet()).id]
    await shop.asHouse('staff.add', { staffId: next, name: 'Budi', role: 'barista', pin: PIN, outletIds })
    return { shop, tablet, first, args, next }
  }

  test('is answered as the first time, with the order as it is now', async () => {
    const { tablet, first, args, next } = await handedOver()
    await tablet.send('staff.sign_in', { staffId: next, pin: PIN })
    const again = await tablet.send('order.accept', args, { id: first.id })
    expect([again.status, again.body.result]).toEqual([200, first.body.result])
    expect(again.body.changes.map((change: { id: string }) => change.id)).toContain(args.orderId)
  })

  test('holds nobody’s secret: a device code is not said to who came after', async () => {
    const shop = await createTestShop({ dialect })
    const tablet = await shop.staff('manager')
    const outletId = (await shop.outlet()).id
    const invited = await tablet.send('device.invite', { outletId })
    expect(invited.body.result.code).toMatch(/^\S+$/)
    const next = shop.id('stf')
    await shop.asHouse('staff.add', {
      staffId: next,
      name: 'Budi',
      role: 'manager',
      pin: PIN,
      outletIds: [outletId],
    })
    await tablet.send('staff.sign_in', { staffId: next, pin: PIN })
    const again = await tablet.send('device.invite', { outletId }, { id: invited.id })
    expect(again.body).toEqual({ ok: false, refusal: { code: 'request.done_before' } })
    expect(JSON.stringify(again.body)).not.toContain(invited.body.result.code)
  })

  test('says only that it is done to somebody at another tablet', async () => {
    const { shop, tablet, first, args } = await handedOver()
    const elsewhere = await shop.staff('barista')
    const answer = await elsewhere.send('order.accept', args, { id: first.id })
    expect(answer.body).toEqual({ ok: false, refusal: { code: 'request.done_before' } })
    const other = await elsewhere.send('order.accept', { ...args, readyInMinutes: 9 }, { id: first.id })
    expect(other.body.refusal).toEqual({ code: 'request.key_reused', field: 'sender' })
    expect((await tablet.send('order.accept', args, { id: first.id })).status).toBe(200)
  })
})
