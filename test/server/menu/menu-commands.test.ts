import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop } from '../../support/test-shop.ts'

const DEMO = readFileSync(join(import.meta.dirname, '../../../server/menu/demo-menu.csv'), 'utf8')
const HOUR_MS = 3_600_000

describeOnBoth('a menu file is taken whole or not at all', (dialect) => {
  test('the same file again raises the version of every menu and says how much it holds', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const before = await shop.menu()
    const answer = await owner.send('menu.import', { csv: DEMO })
    expect(answer.status).toBe(200)
    const after = await shop.menu()
    expect(after.version).toBe(before.version + 1)
    expect(after.items).toEqual(before.items)
  })

  test.each([
    ['a price that is none', (csv: string) => csv.replace(',20000,suhu', ',dua puluh ribu,suhu')],
    ['a file that is cut off', (csv: string) => csv.slice(0, Math.floor(csv.length * 0.7))],
    ['an outlet that does not exist', (csv: string) => csv.replaceAll('price:ayahanda', 'price:nowhere')],
    ['nothing', () => ''],
  ])('%s changes no menu of any outlet and names the line', async (_, spoil) => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const before = await Promise.all(['mojopahit', 'multatuli', 'ayahanda'].map((slug) => shop.menu(slug)))
    const changes = await shop.count('changes')
    const answer = await owner.send('menu.import', { csv: spoil(DEMO) })
    expect([answer.status, answer.body.refusal.code]).toEqual([422, 'menu.file_refused'])
    expect(answer.body.refusal.lines.length).toBeGreaterThan(0)
    const after = await Promise.all(['mojopahit', 'multatuli', 'ayahanda'].map((slug) => shop.menu(slug)))
    expect(after).toEqual(before)
    expect(await shop.count('changes')).toBe(changes)
  })

  test('a file as Excel saves it is read by the command too', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const csv = `\ufeff${DEMO.replaceAll('\n', '\r\n')}`
    expect((await owner.send('menu.import', { csv })).status).toBe(200)
  })

  test('a file over two megabytes is refused before it is read', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const csv = DEMO + '#'.repeat(2 * 1024 * 1024)
    expect([413, 422]).toContain((await owner.send('menu.import', { csv })).status)
  })

  test('what a manager downloads can be imported again and changes nothing', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const before = await shop.menu('ayahanda')
    const response = await owner.fetch(`/api/desk/${(await shop.outlet()).id}/menu.csv`)
    expect((await owner.send('menu.import', { csv: await response.text() })).status).toBe(200)
    const after = await shop.menu('ayahanda')
    expect({ ...after, rev: 0, version: 0 }).toEqual({ ...before, rev: 0, version: 0 })
  })
})

describeOnBoth('the menu’s seasons are those of its outlet', (dialect) => {
  async function seasons() {
    const shop = await createTestShop({ dialect })
    const { id: outletId, rev: _rev, load: _load, ...settings } = await shop.outlet()
    const owner = await shop.staff('owner')
    const change = async (own: Partial<typeof settings>) => {
      const answer = await owner.send('outlet.change', { outletId, settings: { ...settings, ...own } })
      expect(answer.status).toBe(200)
    }
    const runs = async (slug?: string) =>
      (await shop.menu(slug)).items.find(({ id }) => id === 'kolak-pisang')?.availability.season?.runs
    return { shop, owner, settings, change, runs }
  }

  test('new days in the settings are in the menu at once, of that outlet alone', async () => {
    const { shop, settings, change, runs } = await seasons()
    expect(await runs()).toEqual([{ firstDay: '2027-02-08', lastDay: '2027-03-09' }])
    const { version } = await shop.menu()
    const next = settings.seasons.map((each) => ({ ...each, firstDay: '2028-01-28', lastDay: '2028-02-25' }))
    await change({ seasons: next })
    expect(await runs()).toEqual([{ firstDay: '2028-01-28', lastDay: '2028-02-25' }])
    expect(await runs('multatuli')).toEqual([{ firstDay: '2027-02-08', lastDay: '2027-03-09' }])
    expect((await shop.menu()).version).toBe(version + 1)
    await change({ seasons: next, address: 'Jl. Baru' })
    expect((await shop.menu()).version).toBe(version + 1)
  })

  test('a season that is taken out takes its dishes off; the file is refused only when no outlet has it', async () => {
    const { shop, owner, change, runs } = await seasons()
    await change({ seasons: [] })
    expect(await runs()).toEqual([])
    expect((await owner.send('menu.import', { csv: DEMO })).status).toBe(200)
    expect(await runs()).toEqual([])
    expect(await runs('multatuli')).toHaveLength(1)
    const { version } = await shop.menu('multatuli')
    const csv = DEMO.replace(',22:00,Ramadan,', ',22:00,Ramadhan,')
    const refused = await owner.send('menu.import', { csv })
    expect(refused.body.refusal.lines).toMatchObject([{ column: 'season', code: 'season.unknown' }])
    expect(await shop.menu('multatuli')).toMatchObject({ version })
  })
})

describeOnBoth('sold out ends when it was said to end', (dialect) => {
  async function soldOut(
    until: 'time' | 'closing' | 'told',
    minutes: number | null = null,
    slug = 'mojopahit',
  ) {
    const shop = await createTestShop({ dialect })
    const { id: outletId } = await shop.outlet(slug)
    const barista = await shop.staff('barista', slug)
    const { token } = await shop.table('A1', slug)
    const answer = await barista.send('menu.sold_out', { outletId, itemId: 'americano', until, minutes })
    const order = async () => {
      const phone = await shop.phone('A1', slug)
      const placed = await phone.send('order.place', await shop.orderArgs(token, undefined, slug))
      return placed.body.refusal?.code ?? 'placed'
    }
    return { shop, barista, outletId, order, endsAtMs: answer.body.result.endsAtMs as number | null }
  }

  test('after its minutes, to the second', async () => {
    const { shop, order, endsAtMs } = await soldOut('time', 30)
    expect(endsAtMs).toBe(shop.clock.now() + 30 * 60_000)
    shop.clock.turn(30 * 60_000 - 1)
    expect(await order()).toBe('order.item_sold_out')
    shop.clock.turn(1)
    expect(await order()).toBe('placed')
  })

  test('at closing time, so that tomorrow it is back', async () => {
    const { shop, order, endsAtMs } = await soldOut('closing', null, 'multatuli')
    // Wednesday until 23.00 in Medan.
    expect(endsAtMs).toBe(Date.parse('2026-11-18T16:00:00Z'))
    shop.clock.turn(12 * HOUR_MS)
    expect(await order()).toBe('order.item_sold_out')
    shop.clock.turn(10 * HOUR_MS)
    expect(await order()).toBe('placed')
  })

  test('with the business day at an outlet that never closes', async () => {
    const { shop, order, endsAtMs } = await soldOut('closing')
    // Thursday 04.00 in Medan.
    expect(endsAtMs).toBe(Date.parse('2026-11-18T21:00:00Z'))
    shop.clock.turn((endsAtMs ?? 0) - shop.clock.now() - 1)
    expect(await order()).toBe('order.item_sold_out')
    shop.clock.turn(1)
    expect(await order()).toBe('placed')
  })

  test('when somebody says so, and not before', async () => {
    const { shop, order, endsAtMs, barista, outletId } = await soldOut('told')
    expect(endsAtMs).toBeNull()
    shop.clock.turn(5 * 24 * HOUR_MS)
    const again = await shop.staff('barista')
    expect(await order()).toBe('order.item_sold_out')
    await again.send('menu.back_on', { outletId, itemId: 'americano' })
    expect(await order()).toBe('placed')
    expect(barista.staffId).not.toBe(again.staffId)
  })

  test('at one outlet only', async () => {
    const { shop } = await soldOut('told')
    const { token } = await shop.table('A1', 'ayahanda')
    const phone = await shop.phone('A1', 'ayahanda')
    expect((await phone.send('order.place', await shop.orderArgs(token, undefined, 'ayahanda'))).status).toBe(
      200,
    )
  })
})
