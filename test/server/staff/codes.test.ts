import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { expect, onTestFinished, test } from 'vitest'
import type { CommandArgs } from '#shared/protocol.ts'
import type { PrepareDeps } from '../../../server/command.ts'
import { checkPepper, openSecrets } from '../../../server/platform/secrets.ts'
import { staffCommandList } from '../../../server/staff/staff.commands.ts'
import { shortCodeOf } from '../../../server/tables/table.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId } from '../../support/browser.ts'
import { createTestShop, PIN, SETUP_CODE } from '../../support/test-shop.ts'

describeOnBoth('a one-time code is worth nothing to whoever reads the database', (dialect) => {
  test('a device code is stored nowhere, and is said again to the manager whose answer was lost', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const id = commandId()
    const args = { outletId: (await shop.outlet()).id }
    const first = await manager.send('device.invite', args, { id })
    const again = await manager.send('device.invite', args, { id })
    const { code } = first.body.result
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(again.body.result).toEqual(first.body.result)
    expect((await manager.send('device.invite', args)).body.result.code).not.toBe(code)
    const stored = [
      await shop.read.all(sql`SELECT * FROM commands`),
      await shop.read.all(sql`SELECT * FROM one_time_codes`),
      await shop.read.all(sql`SELECT * FROM records WHERE kind <> 'menu'`),
    ]
    const plain = code.replace('-', '')
    for (const text of [code, plain, plain.toLowerCase()]) expect(JSON.stringify(stored)).not.toContain(text)
    const enrolled = await shop
      .stranger()
      .send('device.enrol', { code, deviceId: shop.id('dev'), label: 'Tablet' })
    expect(enrolled.status).toBe(200)
  })
})

describeOnBoth('a flood of wrong set-up codes costs look-ups only', (dialect) => {
  test('the slow hash is made for the right code and for no other', async () => {
    const shop = await createTestShop({ dialect })
    await shop.printSetupCode()
    let hashes = 0
    const { secrets } = shop.door
    const hash = (pin: string) => {
      hashes++
      return secrets.hashPin(pin)
    }
    const counting = { ...secrets, hashPin: hash }
    const deps: PrepareDeps = { read: shop.read, secrets: counting, actor: { kind: 'stranger' } }
    const setUp = staffCommandList.find((each) => each.name === 'setup.complete')
    const prepare = setUp?.prepare as (
      args: CommandArgs<'setup.complete'>,
      deps: PrepareDeps,
    ) => Promise<unknown>
    const args = {
      outletId: (await shop.outlet()).id,
      staffId: shop.id('stf'),
      deviceId: shop.id('dev'),
      name: 'Ibu Wati',
      pin: PIN,
      deviceLabel: 'Kasir',
    }
    for (let guess = 0; guess < 50; guess++) await prepare({ ...args, code: `AAAA-00${guess}` }, deps)
    const device = (await shop.asHouse('device.invite', { outletId: args.outletId })) as { code: string }
    await prepare({ ...args, code: device.code }, deps)
    expect(hashes).toBe(0)
    await prepare({ ...args, code: SETUP_CODE }, deps)
    expect(hashes).toBe(1)
    expect((await shop.stranger().send('setup.complete', { ...args, code: SETUP_CODE })).status).toBe(200)
    await prepare({ ...args, code: SETUP_CODE }, deps)
    expect(hashes).toBe(1)
  })
})

function folderWith(pepper?: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'meja-pepper-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (pepper) writeFileSync(join(folder, 'pepper'), pepper.toString('base64'))
  return folder
}

describeOnBoth('a start with another pepper is refused before a PIN is wrong', (dialect) => {
  test('the pepper that made the database is taken, another one is not, nor a fresh one', async () => {
    const { database } = await createTestShop({ dialect })
    const right = openSecrets(folderWith(Buffer.alloc(32, 1)), null)
    await checkPepper(database, right, false)
    await checkPepper(database, openSecrets(folderWith(Buffer.alloc(32, 1)), null), false)
    for (const folder of [folderWith(Buffer.alloc(32, 2)), folderWith()]) {
      const wrong = openSecrets(folder, null)
      const message = await checkPepper(database, wrong, false).catch((error: Error) => error.message)
      expect(message).toMatch(/^PEPPER, or else the file "pepper" in DATA_DIR, is not the one [^\n]+\.$/)
    }
    await checkPepper(database, right, false)
  })

  test('an owner whose pepper is lost for good goes on with a new one, once and for all', async () => {
    const { database } = await createTestShop({ dialect })
    const [lost, fresh] = [1, 2].map((byte) => openSecrets('', Buffer.alloc(32, byte).toString('base64')))
    if (!lost || !fresh) throw new Error('two peppers')
    await checkPepper(database, lost, false)
    await checkPepper(database, fresh, true)
    await checkPepper(database, fresh, false)
    await expect(checkPepper(database, lost, false)).rejects.toThrow('PEPPER')
  })
})

test('two servers that start at once with different peppers do not both start', async () => {
  const { database } = await createTestShop({ dialect: 'postgres' })
  const starts = await Promise.allSettled(
    [3, 4].map((byte) =>
      checkPepper(database, openSecrets('', Buffer.alloc(32, byte).toString('base64')), false),
    ),
  )
  expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('the short code on a sticker has no letter that is mistaken for another', () => {
  const codes = Array.from({ length: 20_000 }, (_, index) => shortCodeOf(`token${index}`))
  for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}$/)
  expect(new Set(codes).size).toBeGreaterThan(19_000)
})
