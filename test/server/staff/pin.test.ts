import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { openFeed } from '../../support/browser.ts'
import { createTestShop, PIN, SETUP_CODE } from '../../support/test-shop.ts'

const MINUTE_MS = 60_000

async function setupArgs(
  shop: Awaited<ReturnType<typeof createTestShop>>,
  change: Record<string, unknown> = {},
) {
  return {
    code: SETUP_CODE,
    outletId: (await shop.outlet()).id,
    staffId: shop.id('stf'),
    deviceId: shop.id('dev'),
    name: 'Ibu Wati',
    pin: PIN,
    deviceLabel: 'Kasir',
    ...change,
  }
}

describeOnBoth('a fresh shop is set up once, with the code from the console', (dialect) => {
  test('the first owner is made and signed in; the code is used up', async () => {
    const shop = await createTestShop({ dialect })
    await shop.printSetupCode()
    const browser = shop.stranger()
    expect(await (await browser.fetch('/api/desk')).json()).toMatchObject({ isSetUp: false, me: null })
    const answer = await browser.send('setup.complete', await setupArgs(shop))
    expect(answer.status).toBe(200)
    expect(await (await browser.fetch('/api/desk')).json()).toMatchObject({
      isSetUp: true,
      me: { name: 'Ibu Wati', role: 'owner' },
    })
    const again = await shop.stranger().send('setup.complete', await setupArgs(shop))
    expect([again.status, again.body.refusal.code]).toEqual([409, 'setup.done'])
    expect(await shop.count('staff')).toBe(1)
  })

  test('twenty people with the code at once make one owner', async () => {
    const shop = await createTestShop({ dialect })
    await shop.printSetupCode()
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => shop.stranger().send('setup.complete', await setupArgs(shop))),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await shop.count('staff')).toBe(1)
  })

  test.each([
    ['a wrong code', { code: 'AAAA-AAAA' }, 'setup.wrong_code'],
    ['a weak PIN', { pin: '123456' }, 'staff.weak_pin'],
    ['an outlet that does not exist', { outletId: 'out_00000000000000000000000000' }, 'outlet.unknown'],
  ])('%s is refused and the right one still works', async (_, change, code) => {
    const shop = await createTestShop({ dialect })
    await shop.printSetupCode()
    const browser = shop.stranger()
    expect((await browser.send('setup.complete', await setupArgs(shop, change))).body.refusal.code).toBe(code)
    expect(browser.cookies.size).toBe(0)
    expect((await browser.send('setup.complete', await setupArgs(shop))).status).toBe(200)
  })

  test('the code is read as people type it and ends after a day', async () => {
    const shop = await createTestShop({ dialect })
    await shop.printSetupCode()
    const typed = await setupArgs(shop, { code: ' k7pm 2xqd ' })
    shop.clock.turn(86_400_000)
    expect((await shop.stranger().send('setup.complete', typed)).body.refusal.code).toBe('setup.wrong_code')
    await shop.printSetupCode()
    expect((await shop.stranger().send('setup.complete', typed)).status).toBe(200)
  })

  test('ten wrong codes from one address make it wait, while another address is served', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    await shop.printSetupCode()
    const guesser = shop.stranger('203.0.113.9')
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, guess) => setupArgs(shop, { code: `AAAA-AAA${guess}` })),
    )
    // At once, since one more is allowed each second.
    const answers = await Promise.all(guesses.map((args) => guesser.send('setup.complete', args)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(10).fill(403), 429, 429])
    const refused = await guesser.send('setup.complete', await setupArgs(shop, { code: 'AAAA-AAAB' }))
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await shop.stranger('203.0.113.10').send('setup.complete', await setupArgs(shop))).status).toBe(
      200,
    )
  })
})

describeOnBoth('a device is let in by a code that a manager made', (dialect) => {
  test('the code works once and for fifteen minutes', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const invite = async () =>
      (await manager.send('device.invite', { outletId: (await shop.outlet()).id })).body.result as {
        code: string
        expiresAtMs: number
      }
    const enrol = (code: string, deviceId = shop.id('dev')) =>
      shop.stranger().send('device.enrol', { code, deviceId, label: 'Tablet' })
    const first = await invite()
    expect(first.expiresAtMs).toBe(shop.clock.now() + 15 * MINUTE_MS)
    expect((await enrol(first.code)).status).toBe(200)
    expect((await enrol(first.code)).body.refusal.code).toBe('device.code_expired')
    const second = await invite()
    shop.clock.turn(15 * MINUTE_MS)
    expect((await enrol(second.code)).body.refusal.code).toBe('device.code_expired')
    expect((await enrol('ZZZZ-ZZZZ')).body.refusal.code).toBe('device.code_unknown')
    const third = await invite()
    expect((await enrol(third.code, manager.deviceId)).body.refusal.code).toBe('device.id_taken')
  })

  test('ten tablets with one code at once: one gets in', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const { code } = (await manager.send('device.invite', { outletId: (await shop.outlet()).id })).body.result
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        shop.stranger().send('device.enrol', { code, deviceId: shop.id('dev'), label: 'Tablet' }),
      ),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('a revoked device is out within a second, its feed too', async () => {
    const shop = await createTestShop({ dialect })
    const [manager, barista] = [await shop.staff('manager'), await shop.staff('barista')]
    const outlet = await shop.outlet()
    const live = await openFeed(barista, [`desk:${outlet.id}`])
    await live.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
    await manager.send('device.revoke', { deviceId: barista.deviceId })
    expect((await barista.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    await live.until((reader) => reader.isEnded(), 2500)
    expect(await shop.readStream(barista, `desk:${outlet.id}`)).toBeNull()
    expect((await barista.send('staff.sign_in', { staffId: barista.staffId, pin: PIN })).status).toBe(401)
  })
})

describeOnBoth('a PIN only switches the person on a device that was let in', (dialect) => {
  async function counter() {
    const shop = await createTestShop({ dialect })
    const { staffId } = await shop.staff('barista')
    const device = await shop.device()
    const guess = (pin: string) => device.send('staff.sign_in', { staffId, pin })
    return { shop, staffId, device, guess }
  }

  test('the right PIN on a device that was never let in opens nothing', async () => {
    const { shop, staffId } = await counter()
    const answer = await shop.stranger().send('staff.sign_in', { staffId, pin: PIN })
    expect([answer.status, answer.body.refusal.code]).toEqual([401, 'session.missing'])
  })

  test('each wrong PIN says how many tries are left; the tenth locks the device, even for the right one', async () => {
    const { guess } = await counter()
    for (let left = 9; left >= 1; left--) {
      expect((await guess(`00000${left}`)).body.result).toEqual({
        ok: false,
        code: 'staff.wrong_pin',
        triesLeft: left,
      })
    }
    expect((await guess('000000')).body.result).toEqual({ ok: false, code: 'device.locked' })
    const right = await guess(PIN)
    expect([401, 423]).toContain(right.status)
    expect(right.body.ok).toBe(false)
  })

  test('the right PIN starts the count anew', async () => {
    const { guess } = await counter()
    for (let count = 0; count < 9; count++) await guess(`00000${count}`)
    expect((await guess(PIN)).body.result).toMatchObject({ ok: true, role: 'barista' })
    expect((await guess('000000')).body.result).toMatchObject({ triesLeft: 9 })
  })

  test('a colleague who signs in between the guesses does not buy more of them', async () => {
    const { shop, device, guess } = await counter()
    const colleague = await shop.staff('barista', undefined, 'Bayu')
    const asSelf = () => device.send('staff.sign_in', { staffId: colleague.staffId, pin: PIN })
    for (let count = 0; count < 9; count++) {
      expect((await guess(`00000${count}`)).body.result.triesLeft).toBe(9 - count)
      expect((await asSelf()).body.result.ok).toBe(true)
    }
    expect((await guess('000009')).body.result).toEqual({ ok: false, code: 'device.locked' })
    expect((await asSelf()).body.ok).toBe(false)
    expect((await colleague.send('order.see', { orderIds: [shop.id('ord')] })).status).not.toBe(401)
  })

  test('a new PIN starts the count of the one before anew', async () => {
    const { shop, device, guess, staffId } = await counter()
    const manager = await shop.staff('manager')
    const colleague = await shop.staff('barista', undefined, 'Bayu')
    for (let count = 0; count < 9; count++) await guess(`00000${count}`)
    await device.send('staff.sign_in', { staffId: colleague.staffId, pin: PIN })
    await manager.send('staff.set_pin', { staffId, pin: '582013' })
    expect((await guess(PIN)).body.result).toEqual({ ok: false, code: 'staff.wrong_pin', triesLeft: 9 })
    expect((await guess('582013')).body.result.ok).toBe(true)
  })

  test('thirty guesses in parallel are told right or wrong at most ten times', async () => {
    const { guess } = await counter()
    const pins = Array.from({ length: 30 }, (_, index) => String(900_000 + index))
    const answers = await Promise.all(pins.map(guess))
    const told = answers.filter(({ body }) => body.ok && body.result.code === 'staff.wrong_pin')
    expect(told.length).toBeLessThanOrEqual(9)
    const last = await guess(PIN)
    expect(last.body.ok && last.body.result.ok).toBe(false)
  })

  test('a thousand guesses with the real limits, the right one among them, are told at most ten times', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { staffId } = await shop.staff('barista')
    const device = await shop.device()
    const pins = Array.from({ length: 1000 }, (_, index) => String(900_000 + index))
    pins[500] = PIN
    const answers = await Promise.all(pins.map((pin) => device.send('staff.sign_in', { staffId, pin })))
    const told = answers.filter(({ body }) => body.ok && body.result.code !== 'device.locked')
    expect(told.length).toBeLessThanOrEqual(10)
    expect(answers.filter(({ body }) => body.ok && body.result.ok)).toHaveLength(0)
    expect(answers.filter(({ status }) => status >= 500 && status !== 503)).toHaveLength(0)
  })

  test('a locked device does not lock the person out of another one', async () => {
    const { shop, staffId, guess } = await counter()
    for (let count = 0; count < 10; count++) await guess(`00000${count}`)
    const other = await shop.device()
    expect((await other.send('staff.sign_in', { staffId, pin: PIN })).body.result.ok).toBe(true)
  })

  test('nobody signs in at an outlet where they do not work, nor when they left', async () => {
    const { shop, staffId } = await counter()
    const elsewhere = await shop.device('ayahanda')
    expect((await elsewhere.send('staff.sign_in', { staffId, pin: PIN })).body.refusal.code).toBe(
      'staff.unknown',
    )
    const unknown = { staffId: shop.id('stf'), pin: PIN }
    expect((await elsewhere.send('staff.sign_in', unknown)).body.refusal.code).toBe('staff.unknown')
  })

  test('a new PIN counts at once and ends the sessions of the old one', async () => {
    const shop = await createTestShop({ dialect })
    const [manager, barista] = [await shop.staff('manager'), await shop.staff('barista')]
    const { staffId } = barista
    expect((await manager.send('staff.set_pin', { staffId, pin: '111111' })).body.refusal.code).toBe(
      'staff.weak_pin',
    )
    await manager.send('staff.set_pin', { staffId, pin: '582013' })
    expect((await barista.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    expect((await barista.send('staff.sign_in', { staffId, pin: PIN })).body.result.ok).toBe(false)
    expect((await barista.send('staff.sign_in', { staffId, pin: '582013' })).body.result.ok).toBe(true)
  })

  test('the next person signs the one before out; a shift ends after sixteen hours', async () => {
    const { shop, staffId, guess, device } = await counter()
    await guess(PIN)
    const first = device.cookies.get('meja_staff')
    await guess(PIN)
    expect(device.cookies.get('meja_staff')).not.toBe(first)
    const stale = shop.stranger()
    stale.setCookie('meja_staff', first ?? '')
    expect((await stale.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    shop.clock.turn(16 * 60 * MINUTE_MS)
    expect((await device.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    expect((await device.send('staff.sign_in', { staffId, pin: PIN })).body.result.ok).toBe(true)
    await device.send('staff.sign_out', {})
    expect((await device.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
  })

  test('neither PIN nor its hash is in any record, answer or log line', async () => {
    const { shop, guess, device } = await counter()
    await guess(PIN)
    await guess('000001')
    const outlet = await shop.outlet()
    const all = [
      JSON.stringify(await shop.readStream(device, `desk:${outlet.id}`)),
      await (await device.fetch('/api/desk')).text(),
      ...shop.logLines,
    ].join('\n')
    expect(all).not.toContain(PIN)
    expect(all).not.toContain('argon2')
    const stored = await shop.database.read.all<{ answer: string; fingerprints: string }>(
      sql`SELECT answer, fingerprints FROM commands`,
    )
    expect(JSON.stringify(stored)).not.toContain(PIN)
  })
})
