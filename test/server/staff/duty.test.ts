import { expect, test } from 'vitest'
import { type Duty, isOnDuty, SHIFT_MS, staffIdOf } from '#shared/staff/staff.ts'
import { SESSION_MS } from '../../../server/platform/session.ts'
import { countBaristas } from '../../../server/staff/staff.store.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, PIN } from '../../support/test-shop.ts'

const OTHER = 'ayahanda'

async function atWork(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const manager = await shop.staff('manager')
  const barista = await shop.staff('barista', undefined, 'Sari')
  const owner = await shop.staff('owner')
  const outlet = await shop.outlet()
  /** Whom the board of the outlet shows, by id. */
  const atBoard = async (slug?: string) => {
    const changes = (await shop.readStream(owner, `desk:${(await shop.outlet(slug)).id}`)) ?? []
    const duties = new Map(
      changes.filter(({ kind }) => kind === 'duty').map(({ id, body }) => [id, body as Duty]),
    )
    return [...duties.values()].filter((duty) => isOnDuty(duty, shop.clock.now())).map(staffIdOf)
  }
  /** How many the kitchen's plan counts. */
  const counted = async (slug?: string) =>
    countBaristas(shop.database.read, (await shop.outlet(slug)).id, shop.clock.now())
  const onDuty = async () => (await atBoard()).includes(barista.staffId)
  return { shop, manager, barista, outlet, onDuty, atBoard, counted }
}

describeOnBoth('the board counts only people who are at work', (dialect) => {
  test('from signing in until signing out', async () => {
    const { barista, onDuty } = await atWork(dialect)
    expect(await onDuty()).toBe(true)
    await barista.send('staff.sign_out', {})
    expect(await onDuty()).toBe(false)
  })

  test('not who worked on a device that was revoked', async () => {
    const { manager, barista, onDuty } = await atWork(dialect)
    await manager.send('device.revoke', { deviceId: barista.deviceId })
    expect(await onDuty()).toBe(false)
  })

  test('not who worked on a device that locked itself', async () => {
    const { manager, barista, onDuty } = await atWork(dialect)
    for (let count = 0; count < 10; count++) {
      await barista.send('staff.sign_in', { staffId: manager.staffId, pin: `00000${count}` })
    }
    expect(await onDuty()).toBe(false)
  })

  test('not who left the shop', async () => {
    const { manager, barista, outlet, onDuty } = await atWork(dialect)
    await manager.send('staff.change', {
      staffId: barista.staffId,
      name: 'Sari',
      role: 'barista',
      outletIds: [outlet.id],
      isActive: false,
    })
    expect(await onDuty()).toBe(false)
  })

  test('not whose PIN was changed, until the new one is typed', async () => {
    const { manager, barista, onDuty } = await atWork(dialect)
    await manager.send('staff.set_pin', { staffId: barista.staffId, pin: '582013' })
    expect(await onDuty()).toBe(false)
    await barista.send('staff.sign_in', { staffId: barista.staffId, pin: '582013' })
    expect(await onDuty()).toBe(true)
  })

  test('not whom the next person signed out, even when that browser had lost its session', async () => {
    const { shop, barista, onDuty } = await atWork(dialect)
    const next = await shop.staff('barista', undefined, 'Bayu')
    barista.setCookie('meja_staff', '')
    const answer = await barista.send('staff.sign_in', { staffId: next.staffId, pin: PIN })
    expect(answer.body.result.ok).toBe(true)
    expect(await onDuty()).toBe(false)
  })

  test('still who signs out of one of two devices', async () => {
    const { shop, barista, onDuty } = await atWork(dialect)
    const second = await shop.device()
    await second.send('staff.sign_in', { staffId: barista.staffId, pin: PIN })
    await second.send('staff.sign_out', {})
    expect(await onDuty()).toBe(true)
    await barista.send('staff.sign_out', {})
    expect(await onDuty()).toBe(false)
  })

  test('for each outlet: who leaves one is still at work in the other', async () => {
    const { shop, manager, barista, outlet, onDuty, atBoard, counted } = await atWork(dialect)
    const other = await shop.outlet(OTHER)
    const owner = await shop.staff('owner')
    const outletIds = [outlet.id, other.id]
    await owner.send('staff.change', {
      staffId: barista.staffId,
      name: 'Sari',
      role: 'barista',
      outletIds,
      isActive: true,
    })
    await barista.send('staff.sign_in', { staffId: barista.staffId, pin: PIN })
    const there = await shop.device(OTHER)
    await there.send('staff.sign_in', { staffId: barista.staffId, pin: PIN })
    expect([await onDuty(), await atBoard(OTHER)]).toEqual([true, [barista.staffId]])
    await there.send('staff.sign_out', {})
    expect([await onDuty(), await atBoard(OTHER), await counted(OTHER)]).toEqual([true, [], 0])
    expect((await atBoard()).length).toBe(await counted())
    await barista.send('staff.sign_out', {})
    expect(await onDuty()).toBe(false)
    expect((await atBoard()).length).toBe(await counted())
    expect(await atBoard()).toContain(manager.staffId)
  })

  test('who signed out of the later of two devices only as long as the earlier session lasts', async () => {
    const { shop, barista, onDuty, counted } = await atWork(dialect)
    const second = await shop.device()
    shop.clock.turn(SHIFT_MS / 2)
    await second.send('staff.sign_in', { staffId: barista.staffId, pin: PIN })
    await second.send('staff.sign_out', {})
    expect(await onDuty()).toBe(true)
    shop.clock.turn(SHIFT_MS / 2)
    const owner = await shop.staff('owner')
    expect(await counted()).toBe(1)
    const changes = await shop.readStream(owner, `desk:${(await shop.outlet()).id}`)
    const duties = (changes ?? []).filter(({ kind }) => kind === 'duty').map(({ body }) => body as Duty)
    const shown = duties.filter((duty) => isOnDuty(duty, shop.clock.now())).map(staffIdOf)
    expect(new Set(shown)).toEqual(new Set([owner.staffId]))
  })

  test('as long as the session lasts, and no longer', async () => {
    const { shop } = await atWork(dialect)
    expect(SHIFT_MS).toBe(SESSION_MS.staff)
    const [since, owner] = [shop.clock.now(), await shop.staff('owner')]
    shop.clock.turn(SHIFT_MS)
    await owner.send('staff.sign_in', { staffId: owner.staffId, pin: PIN })
    const changes = await shop.readStream(owner, `desk:${(await shop.outlet()).id}`)
    const duties = (changes ?? []).filter(({ kind }) => kind === 'duty').map(({ body }) => body as Duty)
    const tired = duties.filter(({ sinceMs }) => sinceMs === since)
    expect(tired.length).toBeGreaterThan(0)
    expect(tired.some((duty) => isOnDuty(duty, shop.clock.now()))).toBe(false)
  })
})
