import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

type Manifest = {
  id: string
  name: string
  short_name: string
  scope: string
  start_url: string
  icons: { src: string; sizes: string; type: string; purpose: string }[]
}

async function manifest(shop: TestShop, file = 'manifest'): Promise<Manifest> {
  return (await (await shop.stranger().fetch(`/${file}.webmanifest`)).json()) as Manifest
}

async function rename(shop: TestShop, change: Partial<Outlet>): Promise<void> {
  const { outlets } = (await (await shop.stranger().fetch('/api/outlets')).json()) as { outlets: Outlet[] }
  for (const { id, rev: _rev, load: _load, ...settings } of outlets) {
    await shop.asHouse('outlet.change', { outletId: id, settings: { ...settings, ...change } })
  }
}

describeOnBoth("a shop's own name and mark", (dialect) => {
  test('an installed app is called what the shop is called, at the counter as in the pocket', async () => {
    const shop = await createTestShop({ dialect })
    expect(await manifest(shop)).toMatchObject({ id: '/', name: 'Titik Koma', scope: '/', start_url: '/' })
    await rename(shop, { chainName: 'Kopi & Kawan', mark: '' })
    expect(await manifest(shop)).toMatchObject({ name: 'Kopi & Kawan', short_name: 'Kopi & Kawan' })
    expect(await manifest(shop, 'staff')).toMatchObject({
      id: '/staff/',
      name: 'Staf Kopi & Kawan',
      start_url: '/staff/board',
    })
  })

  test('pages carry the name and the mark before any script runs', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    await rename(shop, { chainName: '<b>Kawan</b>', mark: 'K;' })
    const read = async (path: string) => (await shop.stranger().fetch(path)).text()
    expect(await read('/')).toContain('<title>&#60;b&#62;Kawan&#60;/b&#62;</title>')
    expect(await read('/staff/board')).toContain('<title>Staf &#60;b&#62;Kawan&#60;/b&#62;</title>')
    const scanned = await read(`/t/${token}`)
    expect(scanned).toContain(' · &#60;b&#62;Kawan&#60;/b&#62;</title>')
    expect(scanned).toContain('<span class="mark is-pair" aria-hidden="true">K;</span>')
  })

  test('icons are drawn with the mark, at the size they say, and asked for again when it changes', async () => {
    const shop = await createTestShop({ dialect })
    const phone = shop.stranger()
    const { icons } = await manifest(shop)
    expect(icons.map(({ purpose }) => purpose)).toEqual(['any', 'any', 'maskable'])
    for (const { src, sizes } of icons) {
      const response = await phone.fetch(src)
      expect(response.headers.get('cache-control')).toContain('immutable')
      const { width, height, format } = await sharp(await response.arrayBuffer()).metadata()
      expect([`${width}x${height}`, format]).toEqual([sizes, 'png'])
    }
    const touch = await phone.fetch('/icons/apple-touch-icon.png')
    const before = Buffer.from(await touch.arrayBuffer())
    expect((await sharp(before).metadata()).width).toBe(180)
    const etag = touch.headers.get('etag') ?? ''
    const ifChanged = { headers: { 'if-none-match': etag } }
    expect((await phone.fetch('/icons/apple-touch-icon.png', ifChanged)).status).toBe(304)

    await rename(shop, { chainName: 'kawan', mark: '' })
    const after = await phone.fetch('/icons/apple-touch-icon.png', ifChanged)
    expect(after.status).toBe(200)
    expect(Buffer.from(await after.arrayBuffer()).equals(before)).toBe(false)
    expect((await manifest(shop)).icons[0]?.src).not.toBe(icons[0]?.src)
    expect(await (await phone.fetch('/icons/staff-favicon.svg')).text()).toMatch(/^<svg /)
    expect((await phone.fetch('/icons/other.png')).status).toBe(404)
  })
})
