import { expect, test } from 'vitest'
import { describeOnBoth } from '../support/both-databases.ts'
import { createScene } from '../support/scene.ts'

const ODD = [
  '%00',
  'out_01k0000000000000000000000%00',
  '%00.csv',
  'x'.repeat(4000),
  'ö%E2%80%AE%F0%9F%98%80',
  '%ed%a0%80',
  '%ff',
  "'%20OR%201=1",
  '..%2f..%2fmeja.db',
]
const FILES = ['tbl_00000000000000000000000000.svg', '2026-11-18.csv']
const QUERIES = ['s', 'code', 'ids', 'layout', 'minutes', 'delimiter', 'language', 'v', '__WB_REVISION__']

/** Every address of a route in which one place holds `odd` and the others what belongs there. */
function addressesOf(
  route: string,
  odd: string,
  real: Readonly<Record<string, readonly string[]>>,
): string[] {
  const parts = route.split('/')
  return parts.flatMap((place, at) => {
    if (!/^[:*]/.test(place)) return []
    let paths = ['']
    for (const [index, part] of parts.slice(1).entries()) {
      const name = /^:(\w+)/.exec(part)?.[1]
      const values = index + 1 === at ? [odd] : name ? (real[name] ?? [odd]) : [part]
      paths = paths.flatMap((path) => values.map((value) => `${path}/${value}`))
    }
    return paths
  })
}

describeOnBoth('every address that can be read', (dialect) => {
  test('breaks on nothing that no page asks for', { timeout: 120_000 }, async () => {
    const scene = await createScene({ dialect })
    const { shop, outlet, barista, manager, phone, acceptedOrderId } = scene
    const readers = [shop.stranger(), phone, barista, manager, await shop.staff('owner')]
    const gets = shop.app.routes.filter(({ method }) => method === 'GET')
    const routes = [...new Set(gets.map(({ path }) => path))]
    const real = { outletId: [outlet.id], orderId: [acceptedOrderId], day: ['2026-11-18'], file: FILES }
    const asked = new Set<string>()
    for (const odd of ODD) {
      for (const route of routes) {
        const query = QUERIES.map((name) => `${name}=${odd}`).join('&')
        const bare = route.includes(':') || route.includes('*') ? [] : [route]
        for (const path of [...addressesOf(route, odd, real), ...bare])
          asked.add(path).add(`${path}?${query}`)
      }
      asked.add(`/api/desk/${outlet.id}/payable?code=${odd}`)
      asked.add(`/api/desk/${outlet.id}/codes.pdf?ids=${odd}`)
    }
    // A list that the app no longer tells would prove nothing.
    expect(asked).toContain('/api/desk/%00/providers')
    expect(asked).toContain(`/api/desk/${outlet.id}/bills/%00/discount`)
    const broken: string[] = []
    for (const path of asked) {
      for (const reader of readers) {
        const response = await reader.fetch(path)
        if (response.status >= 500) broken.push(`${response.status} ${path.slice(0, 100)}`)
        await response.body?.cancel()
      }
    }
    expect(broken).toEqual([])
    expect(shop.logLines.filter((line) => line.startsWith('error'))).toEqual([])
  })

  test('is written so that all are found by one look: one that is not would slow every order', async () => {
    const { shop } = await createScene({ dialect })
    await shop.stranger().fetch('/healthz')
    expect(shop.app.router.name).toBe('SmartRouter + RegExpRouter')
  })
})
