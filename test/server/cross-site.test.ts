import { expect, test } from 'vitest'
import { describeOnBoth } from '../support/both-databases.ts'
import { commandId } from '../support/browser.ts'
import { createTestShop } from '../support/test-shop.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describeOnBoth('another site cannot make a browser order', (dialect) => {
  const refused: readonly (readonly [string, Record<string, string>, number])[] = [
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['text/plain', { 'content-type': 'text/plain' }, 415],
    ['text/plain that names JSON', { 'content-type': 'text/plain; application/json' }, 415],
    ['a type that only begins like JSON', { 'content-type': 'application/jsonx' }, 415],
    ['no type', { 'content-type': '' }, 415],
    ['JSON from another site', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
    ['JSON from a sibling of ours', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, 403],
    ['an origin of somebody else', { ...JSON_TYPE, origin: 'https://evil.example' }, 403],
    ['an origin that begins like ours', { ...JSON_TYPE, origin: 'http://meja.test.evil.example' }, 403],
    ['our host on another port', { ...JSON_TYPE, origin: 'http://meja.test:8081' }, 403],
    ['an origin that is hidden', { ...JSON_TYPE, origin: 'null' }, 403],
    ['an origin that is none', { ...JSON_TYPE, origin: 'x' }, 403],
    [
      'a form that says it is ours',
      { 'content-type': 'text/plain', origin: 'http://meja.test', 'sec-fetch-site': 'same-origin' },
      415,
    ],
    [
      'another site that says our origin',
      { ...JSON_TYPE, origin: 'http://meja.test', 'sec-fetch-site': 'cross-site' },
      403,
    ],
  ]

  test.each(refused)('%s', async (_, headers, status) => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const answer = await phone.send('order.place', args, { headers })
    expect(answer.status).toBe(status)
    expect(await shop.count('orders')).toBe(0)
  })

  test.each([
    ['our own page', { origin: 'http://meja.test', 'sec-fetch-site': 'same-origin' }],
    ['an old browser that says neither', {}],
    ['JSON with a charset', { 'content-type': 'application/json; charset=utf-8' }],
  ])('%s may', async (_, headers) => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    expect((await phone.send('order.place', args, { headers })).status).toBe(200)
  })

  test('behind a proxy the public address is ours, whatever the host says', async () => {
    const shop = await createTestShop({ dialect, publicUrl: 'https://pesan.example' })
    const phone = shop.stranger()
    const { token } = await shop.table('A1')
    const scan = (origin: string) => phone.send('code.scan', { token }, { headers: { origin } })
    expect((await scan('https://evil.example')).status).toBe(403)
    const answer = await scan('https://pesan.example')
    expect(answer.status).toBe(200)
    const cookie = answer.headers.getSetCookie()[0] ?? ''
    expect(cookie).toMatch(/^__Host-meja_phone=[0-9a-z]{32};/)
    expect(cookie).toMatch(/; Secure/)
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
  })

  test('nothing is changed by GET, HEAD, PUT, DELETE or PATCH', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const before = await shop.count('changes')
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const response = await phone.fetch('/api/commands/visit.join', {
        method,
        headers: { ...JSON_TYPE, 'idempotency-key': commandId() },
      })
      expect([404, 405], method).toContain(response.status)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect(await shop.count('changes')).toBe(before)
  })

  test('cookies are out of reach of scripts and stay on our own site', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    const answer = await shop.stranger().send('code.scan', { token })
    const cookie = answer.headers.getSetCookie()[0] ?? ''
    expect(cookie).toMatch(/^meja_phone=[0-9a-z]{32};/)
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/)
    expect(cookie).not.toMatch(/; Domain/)
    expect(JSON.stringify(answer.body)).not.toContain(cookie.slice(11, 43))
  })
})
