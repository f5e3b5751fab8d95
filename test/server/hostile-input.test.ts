import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CommandName, commandSchemas, refusalStatus } from '#shared/protocol.ts'
import { describeOnBoth } from '../support/both-databases.ts'
import { commandId } from '../support/browser.ts'
import { createScene, type Scene, sceneArgs } from '../support/scene.ts'
import { createTestShop } from '../support/test-shop.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_118)
/** Per command; the nightly run asks for more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40)

const documented = new Set<number>([200, ...Object.values(refusalStatus)])

const nasty: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  Number.MAX_SAFE_INTEGER + 1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\u202etxt.exe',
  '\ud800',
  'x'.repeat(5000),
  "'; DROP TABLE orders; --",
  '=HYPERLINK("http://evil")',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '1e3',
  [],
  {},
  { $ne: null },
  [[[[[[]]]]]],
  { length: 1e9 },
]

/** Valid arguments with one thing wrong: a value replaced, a field lost, a field too many. */
function spoiled(valid: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const fields = Object.keys(valid)
  const value = fc.oneof(
    fc.constantFrom(...nasty),
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  const extra = fc
    .tuple(
      fc.constantFrom('priceRp', 'role', 'shopId', 'totalRp', 'isAdmin', 'constructor', 'toString'),
      value,
    )
    .map(([key, bad]) => ({ ...valid, [key]: bad }))
  if (fields.length === 0) return fc.oneof(extra, value)
  const replaced = fc.tuple(fc.constantFrom(...fields), value).map(([key, bad]) => ({ ...valid, [key]: bad }))
  const lost = fc.constantFrom(...fields).map((key) => {
    const { [key]: _, ...rest } = valid
    return rest
  })
  const inside = fc.constantFrom(...fields).chain((key) => {
    const part = valid[key]
    const target = Array.isArray(part) ? part[0] : part
    if (typeof target !== 'object' || target === null) return value.map((bad) => ({ ...valid, [key]: bad }))
    return spoiled(target as Record<string, unknown>).map((bad) => ({
      ...valid,
      [key]: Array.isArray(part) ? [bad] : bad,
    }))
  })
  return fc.oneof(extra, replaced, lost, inside, value)
}

function senderOf(scene: Scene, name: CommandName) {
  if (/^(code|visit\.(join|prove|answer)|call\.(place|with)|order\.(place|ask))/.test(name))
    return scene.phone
  if (/^(order|call|visit|staff\.sign|menu\.(sold|back)|outlet\.set)/.test(name)) return scene.barista
  return scene.manager
}

describeOnBoth('hostile input is refused in words and leaves no trace', (dialect) => {
  test('every command with arguments that are almost right', { timeout: 120_000 }, async () => {
    const scene = await createScene({ dialect })
    const { shop } = scene
    const args = await sceneArgs(scene)
    for (const name of Object.keys(commandSchemas) as CommandName[]) {
      // Signing in wrongly locks the device, which is tested where it belongs.
      const sender = name.startsWith('staff.sign') ? shop.stranger() : senderOf(scene, name)
      const property = fc.asyncProperty(spoiled(args[name]), async (bad) => {
        const before = await shop.count('changes')
        const startedMs = performance.now()
        const answer = await sender.send(name, bad)
        const tookMs = performance.now() - startedMs
        const said = `${name} ${answer.status} ${JSON.stringify(answer.body)}`
        expect(documented.has(answer.status) && answer.status < 500, said).toBe(true)
        expect(answer.body.ok).toBe(answer.status === 200)
        if (!answer.body.ok) {
          expect(Object.keys(refusalStatus)).toContain(answer.body.refusal.code)
          expect(await shop.count('changes'), said).toBe(before)
        }
        expect(tookMs, said).toBeLessThan(5000)
      })
      await fc.assert(property, { numRuns: RUNS, seed: SEED })
    }
    expect(shop.groupErrors).toEqual([])
    expect(shop.logLines.filter((line) => line.startsWith('error'))).toEqual([])
  })

  const orderId = '"orderId":"ord_01k0000000000000000000000a"'
  const bodies: readonly (readonly [string, Uint8Array | string, readonly number[]])[] = [
    ['nothing', '', [400]],
    ['white space', '   ', [400]],
    ['half a thing', '{"orderId":', [400]],
    ['two things', '{} {}', [400]],
    ['a bare word', 'undefined', [400]],
    ['NaN', '{"a":NaN}', [400]],
    ['a list', '[]', [422]],
    ['null', 'null', [422]],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), [400]],
    ['UTF-8 of a surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), [400]],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), [400]],
    ['200,000 levels of lists within the limit', '['.repeat(60_000), [400]],
    ['levels of objects', '{"a":'.repeat(10_000), [400]],
    ['seventeen levels that close', `${'['.repeat(17)}${']'.repeat(17)}`, [400]],
    ['the same key twice', `{${orderId},${orderId}}`, [400]],
    ['the same key twice, once escaped', `{${orderId},"order\\u0049d":"x"}`, [400]],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', [400]],
    ['__proto__, escaped', '{"\\u005f_proto__":{"isAdmin":true}}', [400]],
    ['constructor.prototype', '{"constructor":{"prototype":{"isAdmin":true}}}', [422]],
    ['1e999', '{"shownTotalRp":1e999}', [422]],
    ['2^53+1', '{"shownTotalRp":9007199254740993}', [422]],
    ['a lone surrogate', '{"note":"\\ud800"}', [422]],
    ['NUL', '{"note":"\\u0000"}', [422]],
    ['64 KB and one byte', `"${'x'.repeat(64 * 1024 - 1)}"`, [413]],
    ['64 KB of quotes', '"'.repeat(64 * 1024), [400]],
    ['64 KB of backslashes', `"${'\\'.repeat(64 * 1024 - 2)}`, [400]],
    ['10,000 keys', `{${Array.from({ length: 5000 }, (_, index) => `"k${index}":1`).join()}}`, [413, 422]],
  ]

  test('bodies that no browser sends', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const before = [await shop.count('commands'), await shop.count('changes')]
    for (const [what, body, expected] of bodies) {
      const startedMs = performance.now()
      const response = await phone.fetch('/api/commands/order.place', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': commandId() },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      })
      expect(expected, `${what}: ${response.status} ${await response.text()}`).toContain(response.status)
      expect(performance.now() - startedMs, what).toBeLessThan(5000)
    }
    expect([await shop.count('commands'), await shop.count('changes')]).toEqual(before)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('letters that pile up over the tickets beside theirs', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const note = `z${'\u0351'.repeat(150)}`
    for (const [field, piled] of [
      ['note', { ...args, note }],
      ['lines.0.note', { ...args, lines: args.lines.map((line) => ({ ...line, note })) }],
    ] as const) {
      const { status, body } = await phone.send('order.place', piled)
      expect([status, body.refusal]).toEqual([422, { code: 'request.invalid', field }])
    }
    expect((await phone.send('order.place', { ...args, note: 'Trần Thị, น้ำ'.normalize('NFD') })).status).toBe(
      200,
    )
  })

  test('a body without a length that never ends is cut off at the limit', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    let parts = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        parts++
        controller.enqueue(new Uint8Array(16 * 1024).fill(32))
      },
    })
    const response = await phone.fetch('/api/commands/order.place', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': commandId() },
      body: endless,
      duplex: 'half',
    } as RequestInit & { headers: Record<string, string> })
    expect(response.status).toBe(413)
    expect(parts).toBeLessThan(12)
  })

  test.each([
    '',
    'x',
    'cmd_',
    'cmd_01K0000000000000000000000A',
    "cmd_' OR 1=1",
    'ord_01k0000000000000000000000a',
    'x'.repeat(5000),
  ])('an idempotency key that is none (%s) is refused', async (key) => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const answer = await phone.send('visit.join', { token: 'x' }, { id: key })
    expect([answer.status, answer.body.refusal.code]).toEqual([400, 'request.no_key'])
  })

  test.each([
    'order.nothing',
    '__proto__',
    'constructor',
    '%00',
    '..%2f..%2fhealthz',
    'order.place%00',
    '%ff',
  ])('a command that is none (%s) is not found', async (name) => {
    const shop = await createTestShop({ dialect })
    const answer = await shop.stranger().send(name, {})
    expect([400, 404]).toContain(answer.status)
  })

  test('addresses that no page has', async () => {
    const { shop, barista, outlet } = await createScene({ dialect })
    const manager = await shop.staff('manager')
    for (const path of [
      '/t/%00',
      '/t/%ff',
      '/t/%ed%a0%80',
      '/t/..%2f..%2fetc%2fpasswd',
      `/t/${'x'.repeat(4000)}`,
      '/t/',
      '/o/%00',
      '/%00',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/staff/%00',
      `/api/desk/${outlet.id}/orders/%00/moves`,
      `/api/desk/${outlet.id}/codes.pdf?layout=%00`,
      `/api/desk/${outlet.id}/codes.pdf?ids=%00`,
      `/api/desk/${outlet.id}/codes/tbl_00000000000000000000000000.svg`,
      '/api/desk/%00/word',
      '/photos/%00',
      '/photos/..%2f..%2fmeja.db',
    ]) {
      for (const reader of [shop.stranger(), barista, manager]) {
        const response = await reader.fetch(path)
        expect(response.status, path).toBeLessThan(500)
        expect(await response.text(), path).not.toContain('root:')
      }
    }
  })

  test('cookies that nobody was given open nothing and break nothing', async () => {
    const shop = await createTestShop({ dialect })
    for (const value of [
      '',
      'x',
      '%00',
      'a'.repeat(32),
      "' OR 1=1 --",
      '\ud800'.toWellFormed(),
      'a'.repeat(8000),
    ]) {
      const browser = shop.stranger()
      for (const name of ['meja_phone', 'meja_device', 'meja_staff', '__proto__'])
        browser.setCookie(name, encodeURIComponent(value))
      expect((await browser.send('visit.join', { token: 'x' })).status).toBe(401)
      expect((await browser.fetch('/api/desk')).status).toBe(200)
    }
  })
})
