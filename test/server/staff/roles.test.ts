import { expect, test } from 'vitest'
import { type CommandName, commandSchemas } from '#shared/protocol.ts'
import { commandList } from '../../../server/command-list.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createScene, type Scene, sceneArgs } from '../../support/scene.ts'

type Who = 'anyone' | 'phone' | 'party' | 'device' | 'barista' | 'manager' | 'owner'

/**
 * Who may send what, said a second time and apart from the server: a command without a line here does
 * not compile, and one whose rule was loosened by mistake fails.
 */
const mayBeSentBy: Readonly<Record<CommandName, Who>> = {
  'outlet.open': 'owner',
  'outlet.change': 'manager',
  'outlet.set_load': 'barista',
  'setup.complete': 'anyone',
  'device.invite': 'manager',
  'device.enrol': 'anyone',
  'device.revoke': 'manager',
  'staff.add': 'manager',
  'staff.change': 'manager',
  'staff.set_pin': 'manager',
  'staff.sign_in': 'device',
  'staff.sign_out': 'device',
  'menu.import': 'manager',
  'menu.set_price': 'manager',
  'menu.set_photo': 'manager',
  'menu.sold_out': 'barista',
  'menu.back_on': 'barista',
  'code.scan': 'anyone',
  'table.add': 'manager',
  'table.change': 'manager',
  'table.rotate': 'manager',
  'touchpoint.add': 'manager',
  'touchpoint.rotate': 'manager',
  'visit.join': 'phone',
  'visit.answer_phone': 'phone',
  'visit.prove': 'phone',
  'visit.remove_phone': 'barista',
  'visit.deny_strangers': 'barista',
  'visit.raise_cap': 'barista',
  'visit.close': 'barista',
  'call.place': 'phone',
  'call.withdraw': 'phone',
  'call.take': 'barista',
  'call.finish': 'barista',
  'order.place': 'phone',
  'phone.begin': 'anyone',
  'pickup.place': 'phone',
  'pickup.here': 'phone',
  'order.see': 'barista',
  'order.accept': 'barista',
  'order.reject': 'barista',
  'order.move': 'barista',
  'order.hold': 'barista',
  'order.promise': 'barista',
  'order.ask': 'phone',
  'order.answer': 'barista',
  'bill.open': 'party',
  'bill.pay': 'party',
  'bill.discount': 'barista',
  'payment.cancel': 'party',
  'payment.look': 'party',
  'payment.take': 'barista',
  'payment.confirm': 'barista',
  'payment.credit': 'barista',
  'payment.owe_again': 'barista',
  'payment.compare': 'barista',
  'payment.refund': 'barista',
  'refund.drop': 'barista',
  'payment.waive': 'barista',
  'practice.play': 'party',
  'outlet.set_payment': 'manager',
  'outlet.approve_static': 'manager',
  'day.close': 'barista',
  'day.ask': 'manager',
  'receipt.print': 'barista',
  'outlet.set_printer': 'manager',
  'printer.test': 'manager',
  'receipt.seen': 'barista',
}

const senders = ['stranger', 'phone', 'device', 'barista', 'manager', 'foreignManager'] as const
type Sender = (typeof senders)[number]

const mayDo: Readonly<Record<Sender, readonly Who[]>> = {
  stranger: ['anyone'],
  phone: ['anyone', 'phone', 'party'],
  device: ['anyone', 'device'],
  barista: ['anyone', 'party', 'device', 'barista'],
  manager: ['anyone', 'party', 'device', 'barista', 'manager'],
  foreignManager: ['anyone', 'party', 'device', 'barista', 'manager'],
}

/** Commands whose arguments name no outlet: they concern the sender's own device, or where the sender works. */
const OWN: readonly string[] = ['staff.sign_in', 'staff.sign_out', 'menu.set_photo']
/** Replaces the menu of every outlet, so it wants somebody who works at every outlet. */
const EVERYWHERE: readonly string[] = ['menu.import']
/** These change who the sender is, so they come last. */
const LAST: readonly CommandName[] = ['code.scan', 'phone.begin', 'staff.sign_in', 'staff.sign_out']

async function browserOf(scene: Scene, sender: Sender) {
  if (sender === 'stranger') return scene.shop.stranger()
  if (sender === 'device') return scene.shop.device()
  return scene[sender]
}

function commandNames(): CommandName[] {
  const names = Object.keys(commandSchemas) as CommandName[]
  return [...names.filter((name) => !LAST.includes(name)), ...LAST]
}

test('the server knows every command of the protocol, each with the rule written here', () => {
  const rules = Object.fromEntries(commandList.map(({ name, who }) => [name, who]))
  expect(rules).toEqual(mayBeSentBy)
  expect(Object.keys(rules).sort()).toEqual(Object.keys(commandSchemas).sort())
})

describeOnBoth('every command times everybody who might send it', (dialect) => {
  test.each(senders)('%s may do what the rules say and changes nothing else', async (sender) => {
    const scene = await createScene({ dialect })
    const { shop } = scene
    const browser = await browserOf(scene, sender)
    const args = await sceneArgs(scene)
    const wrong: string[] = []
    for (const name of commandNames()) {
      const isMeant = mayDo[sender].includes(mayBeSentBy[name])
      const before = [await shop.count('changes'), await shop.count('records'), await shop.count('staff')]
      const answer = await browser.send(name, args[name])
      const code = String(answer.body.refusal?.code ?? 'ok')
      const isHouseMatter = code.startsWith('session.')
      if (answer.status >= 500) wrong.push(`${name}: ${answer.status}`)
      const isElsewhere = sender === 'foreignManager' && mayBeSentBy[name] !== 'anyone' && !OWN.includes(name)
      const isForeign = isElsewhere || (sender === 'manager' && EVERYWHERE.includes(name))
      if (isMeant && !isForeign) {
        if (isHouseMatter) wrong.push(`${name}: should be let in but was told ${code}`)
        continue
      }
      const expected =
        isForeign && isMeant
          ? ['session.wrong_outlet', 'staff.role_too_high']
          : ['session.missing', 'session.not_allowed']
      // Orders of other outlets are passed over in silence, so that a board's batch is not lost to one of them.
      const isSilent = isForeign && name === 'order.see'
      if (!isSilent && !expected.includes(code)) wrong.push(`${name}: expected a refusal, was told ${code}`)
      const after = [await shop.count('changes'), await shop.count('records'), await shop.count('staff')]
      if (`${after}` !== `${before}`) wrong.push(`${name}: wrote something although it was refused`)
    }
    expect(wrong).toEqual([])
  })

  test('an owner may send everything that staff may, at every outlet', async () => {
    const scene = await createScene({ dialect })
    const owner = await scene.shop.staff('owner', 'ayahanda')
    const args = await sceneArgs(scene)
    const refused: string[] = []
    for (const name of commandNames()) {
      if (mayBeSentBy[name] === 'phone' || LAST.includes(name)) continue
      const answer = await owner.send(name, args[name])
      if (answer.body.refusal?.code.startsWith('session.')) refused.push(name)
    }
    expect(refused).toEqual([])
  })

  test('a picture set at one outlet stays off the menus of others', async () => {
    const { shop, foreignManager } = await createScene({ dialect })
    const before = await shop.menu('mojopahit')
    await foreignManager.send('menu.set_photo', { itemId: 'americano', imageBase64: null })
    expect(await shop.menu('mojopahit')).toEqual(before)
  })

  test('a manager makes nobody who may do more, and no owner', async () => {
    const { shop, outlet, manager } = await createScene({ dialect })
    for (const role of ['admin', 'owner'] as const) {
      const staffId = shop.id('stf')
      const args = { staffId, name: 'X', role, pin: '471190', outletIds: [outlet.id] }
      expect((await manager.send('staff.add', args)).body.refusal.code).toBe('staff.role_too_high')
      const self = { staffId: manager.staffId, name: 'X', role, outletIds: [outlet.id], isActive: true }
      expect((await manager.send('staff.change', self)).body.refusal.code).toBe('staff.role_too_high')
    }
  })

  test('a manager takes no right to an outlet where they do not work', async () => {
    const { shop, outlet, manager } = await createScene({ dialect })
    const other = await shop.outlet('ayahanda')
    const outletIds = [outlet.id, other.id]
    const self = { staffId: manager.staffId, name: 'X', role: 'manager', outletIds, isActive: true }
    expect((await manager.send('staff.change', self)).body.refusal.code).toBe('staff.role_too_high')
    const helper = { staffId: shop.id('stf'), name: 'X', role: 'barista', pin: '471190', outletIds }
    expect((await manager.send('staff.add', helper)).body.refusal.code).toBe('staff.role_too_high')
  })

  test('the last owner cannot be let go', async () => {
    const shop = (await createScene({ dialect })).shop
    const owner = await shop.staff('owner')
    const leaving = { staffId: owner.staffId, name: 'X', role: 'owner', outletIds: [], isActive: false }
    expect((await owner.send('staff.change', leaving)).body.refusal.code).toBe('staff.last_owner')
    const demoted = { ...leaving, role: 'manager', isActive: true }
    expect((await owner.send('staff.change', demoted)).body.refusal.code).toBe('staff.last_owner')
  })

  test('who loses a role, an outlet or the job is signed out at once', async () => {
    const { shop, outlet, colleague, manager } = await createScene({ dialect })
    expect((await colleague.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(200)
    await manager.send('staff.change', {
      staffId: colleague.staffId,
      name: 'Sari',
      role: 'barista',
      outletIds: [outlet.id],
      isActive: false,
    })
    expect((await colleague.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    expect(await shop.readStream(colleague, `desk:${outlet.id}`)).toBeNull()
  })

  test('pages for managers are closed to baristas, other outlets and everybody else', async () => {
    const scene = await createScene({ dialect })
    const { outlet, table, acceptedOrderId, barista, manager, foreignManager, phone, shop } = scene
    const paths: readonly [string, 'barista' | 'manager'][] = [
      ['menu.csv', 'manager'],
      ['codes.pdf', 'manager'],
      ['codes.zip', 'manager'],
      [`codes/${table.id}.svg`, 'manager'],
      [`codes/${table.id}.png`, 'manager'],
      ['promises/2026-11-18', 'manager'],
      ['word', 'barista'],
      [`orders/${acceptedOrderId}/moves`, 'barista'],
    ]
    for (const [path, needed] of paths) {
      const at = `/api/desk/${outlet.id}/${path}`
      const statuses = []
      for (const who of [shop.stranger(), phone, foreignManager, barista, manager]) {
        const response = await who.fetch(at)
        const body = await response.text()
        if (response.status !== 200) expect(body).not.toContain(table.token)
        statuses.push(response.status)
      }
      expect([path, ...statuses]).toEqual([path, 403, 403, 403, needed === 'barista' ? 200 : 403, 200])
    }
    const foreignOrder = `/api/desk/${(await shop.outlet('ayahanda')).id}/orders/${acceptedOrderId}/moves`
    expect((await foreignManager.fetch(foreignOrder)).status).toBe(403)
  })
})
