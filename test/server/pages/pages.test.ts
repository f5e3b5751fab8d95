import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Boot } from '#shared/tables/boot.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createScene } from '../../support/scene.ts'
import { createTestShop } from '../../support/test-shop.ts'

function bootOf(html: string): Boot {
  const text = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(html)?.[1]
  return JSON.parse(text ?? 'null') as Boot
}

describeOnBoth('every page carries its guards', (dialect) => {
  test('the policy, the headers and no store, on pages, answers, files and errors alike', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    const paths = [
      `/t/${token}`,
      '/t/0000000000000000',
      '/',
      '/orders',
      '/o/mojopahit',
      '/o/nothing',
      '/staff',
      '/staff/board',
      '/nothing.js',
      '/api/outlets',
      '/api/desk',
      '/api/nothing',
      '/api/feed',
      '/healthz',
    ]
    for (const path of paths) {
      const response = await shop.stranger().fetch(path)
      const policy = response.headers.get('content-security-policy') ?? ''
      for (const rule of [
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        expect(policy, path).toContain(rule)
      }
      expect(policy, path).not.toMatch(/unsafe|\*|https?:/)
      expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(response.headers.get('referrer-policy'), path).toBe('no-referrer')
      expect(response.headers.get('cache-control'), path).toMatch(/no-store|no-cache|immutable/)
      expect(response.headers.get('access-control-allow-origin'), path).toBeNull()
      expect(response.headers.get('x-powered-by'), path).toBeNull()
      await response.body?.cancel()
    }
  })

  test('scripts cannot be taken for anything else, nor taken by another site', async () => {
    const shop = await createTestShop({ dialect })
    const { headers } = await shop.stranger().fetch('/assets/main-abc.js')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('a scan is answered with the menu readable before any script, in the language asked for', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A7')
    const indonesian = await (await shop.stranger().fetch(`/t/${token}`)).text()
    expect(indonesian).toContain('Meja A7')
    expect(indonesian).toContain('Es Kopi Susu Aren')
    expect(indonesian).not.toContain('<!--boot-->')
    const english = await (
      await shop.stranger().fetch(`/t/${token}`, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
    ).text()
    expect(english).toContain('Table A7')
    expect(english).toContain('Iced Palm Sugar Milk Coffee')
    expect(bootOf(english)).toMatchObject({ code: 'table', token, table: { label: 'A7' } })
  })

  test('what is out of season is not in the first view, nor is its category, until its days come', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    const view = async () => {
      const html = await (await shop.stranger().fetch(`/t/${token}`)).text()
      return html.slice(0, html.indexOf('id="boot"'))
    }
    expect(await view()).not.toContain('Ramadan')
    shop.clock.set(Date.UTC(2027, 1, 10, 9))
    expect(await view()).toContain('Spesial Ramadan')
  })

  test('names that look like code are text on the page', async () => {
    const shop = await createTestShop({ dialect })
    const { id, rev: _, load: __, ...settings } = await shop.outlet()
    const name = '</script><img src=x onerror=1>$&'
    await shop.asHouse('outlet.change', { outletId: id, settings: { ...settings, name } })
    const html = await (await shop.stranger().fetch(`/t/${(await shop.table('A1')).token}`)).text()
    expect(html).not.toContain('<img src=x')
    expect(bootOf(html).changes.find((change) => change.kind === 'outlet')?.body).toMatchObject({ name })
  })
})

describeOnBoth('a code that leads nowhere says nothing about tables', (dialect) => {
  test('unknown, malformed and guessed tokens are answered alike, by page and by command', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    const neighbour = `${token.slice(0, 15)}${token.endsWith('0') ? '1' : '0'}`
    const answers = new Set<string>()
    for (const wrong of [neighbour, '0'.repeat(16), 'A1', token.toUpperCase(), `${token}0`, token.slice(1)]) {
      const page = await shop.stranger().fetch(`/t/${wrong}`)
      const html = await page.text()
      const boot = bootOf(html)
      expect(boot).toEqual({
        code: 'unknown',
        token: wrong,
        outletId: null,
        table: null,
        changes: [],
        seq: 0,
        nowMs: boot.nowMs,
      })
      const scan = await shop.stranger().send('code.scan', { token: wrong })
      answers.add(`${page.status} ${html.replaceAll(wrong, '')} ${scan.status} ${JSON.stringify(scan.body)}`)
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toMatch(/^404 .* 404 /s)
  })

  test('a replaced code says that it was replaced, and nothing of the table, the menu or the visit', async () => {
    const { shop, table, outlet } = await createScene({ dialect })
    await shop.asHouse('table.rotate', { outletId: outlet.id, tableIds: [table.id] })
    const page = await shop.stranger().fetch(`/t/${table.token}`)
    expect(page.status).toBe(410)
    const html = await page.text()
    expect(bootOf(html)).toMatchObject({ code: 'replaced', outletId: null, table: null, changes: [] })
    expect(html).not.toContain('A1')
    const scan = await shop.stranger().send('code.scan', { token: table.token })
    expect([scan.status, scan.body]).toEqual([410, { ok: false, refusal: { code: 'code.replaced' } }])
  })

  test('every page of the app opens at its own address; one that is not there says 404 and is a page too', async () => {
    const { shop } = await createScene({ dialect })
    for (const [path, status] of [
      ['/', 200],
      ['/orders', 200],
      ['/bill', 200],
      ['/nowhere', 404],
      ['/orders/nowhere', 404],
    ] as const) {
      const response = await shop.stranger().fetch(path)
      expect(response.status, path).toBe(status)
      expect(response.headers.get('content-type'), path).toMatch(/^text\/html/)
      expect(await response.text(), path).toContain('id="app"')
    }
  })

  test('a page for a table tells nothing of who sits there', async () => {
    const { shop, table, visitId, acceptedOrderId } = await createScene({ dialect })
    const html = await (await shop.stranger().fetch(`/t/${table.token}`)).text()
    for (const secret of [visitId, acceptedOrderId, 'cus_', 'Sari']) expect(html).not.toContain(secret)
  })

  test('thousands of guesses find nothing', async () => {
    const shop = await createTestShop({ dialect })
    const phone = shop.stranger()
    const statuses = new Set<number>()
    for (let guess = 0; guess < 500; guess++) {
      const token = shop.id('cmd').slice(14)
      statuses.add((await phone.send('code.scan', { token })).status)
    }
    expect([...statuses]).toEqual([404])
    expect(await shop.count('customers')).toBe(0)
  })

  test('tokens are 80 random bits, no two alike', async () => {
    const shop = await createTestShop({ dialect })
    const rows = await shop.read.all<{ token: string }>(sql`SELECT token FROM codes`)
    expect(new Set(rows.map((row) => row.token)).size).toBe(rows.length)
    expect(rows.every((row) => /^[0-9a-hjkmnp-tv-z]{16}$/.test(row.token))).toBe(true)
  })
})

describeOnBoth('the server says how it is', (dialect) => {
  test('well, without a word about anybody', async () => {
    const shop = await createTestShop({ dialect })
    const response = await shop.stranger().fetch('/healthz')
    expect([response.status, await response.json()]).toEqual([200, { ok: true, database: 'ok', disk: 'ok' }])
  })

  test('unwell with 503 when the database does not answer', async () => {
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        read: { all: database.read.all, get: () => Promise.reject(new Error('gone')) },
      }),
    })
    const response = await shop.stranger().fetch('/healthz')
    expect([response.status, await response.json()]).toMatchObject([503, { ok: false, database: 'down' }])
  })
})

describeOnBoth('what is logged names nobody', (dialect) => {
  test('names, notes, tokens, PINs, cookies and addresses of a whole day leave no trace in the log', async () => {
    const { shop, phone, table, barista, outlet } = await createScene({ dialect })
    const secrets = [
      'Budi Santoso',
      'es sedikit',
      table.token,
      '10.0.',
      ...phone.cookies.values(),
      ...barista.cookies.values(),
    ]
    await phone.send('order.place', { ...(await shop.orderArgs(table.token)), note: 'Budi Santoso' })
    await phone.send('order.place', { note: 'Budi Santoso', token: table.token })
    await phone.fetch(`/t/${table.token}`)
    await phone.fetch(`/t/%00${table.token}`)
    await barista.fetch(`/api/desk/${outlet.id}/orders/${table.token}/moves`)
    const all = shop.logLines.join('\n')
    for (const secret of secrets) expect(all).not.toContain(secret)
  })

  test('a fault is logged without the words that were sent', async () => {
    let isBroken = false
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) => (isBroken ? Promise.reject(new Error('broken')) : database.runGroup(jobs)),
      }),
    })
    const { token } = await shop.table('A1')
    const phone = await shop.phone('A1')
    const args = { ...(await shop.orderArgs(token)), note: 'Budi Santoso' }
    isBroken = true
    expect((await phone.send('order.place', args)).status).toBe(500)
    expect(shop.logLines.length).toBeGreaterThan(0)
    expect(shop.logLines.join()).not.toContain('Budi')
    expect(shop.logLines.join()).not.toContain(token)
  })
})
