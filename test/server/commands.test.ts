import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { ok, refuse } from '#shared/kernel/result.ts'
import type { Change } from '#shared/protocol.ts'
import type { AnyCommand, Context } from '../../server/command.ts'
import { submit } from '../../server/commands.ts'
import { StorageFullError } from '../../server/platform/database/database.ts'
import { makeId } from '../../server/platform/random-ids.ts'
import { describeOnBoth } from '../support/both-databases.ts'
import { commandId } from '../support/browser.ts'
import { createTestShop, type TestShop } from '../support/test-shop.ts'

/** A command that writes a record and a change, and then does as `then` says. */
function writing(id: string, then: (context: Context) => Promise<ReturnType<typeof ok>> | never): AnyCommand {
  return {
    name: 'order.see',
    who: 'anyone',
    async handle(context: Context) {
      await context.put('order', { id, rev: 1 }, ['desk:x', 'visit:x'])
      return then(context)
    },
  }
}

function run(shop: TestShop, command: AnyCommand, id = commandId(), args = {}) {
  return submit(shop.door, command, id, args, { kind: 'house' })
}

async function written(shop: TestShop): Promise<string[]> {
  const rows = await shop.read.all<{ id: string }>(
    sql`SELECT id FROM records WHERE kind = 'order' ORDER BY id`,
  )
  const changes = await shop.read.all<{ id: string }>(
    sql`SELECT record_id AS id FROM changes WHERE stream = 'desk:x' ORDER BY record_id`,
  )
  expect(changes).toEqual(rows)
  return rows.map((row) => row.id)
}

describeOnBoth('a command is stored whole or not at all', (dialect) => {
  test('a handler that breaks half way leaves nothing, and its id may be used again', async () => {
    const shop = await createTestShop({ dialect })
    const id = commandId()
    const breaking = writing('half', () => {
      throw new Error('the light went out')
    })
    await expect(run(shop, breaking, id)).rejects.toThrow('the light went out')
    expect(await written(shop)).toEqual([])
    await run(
      shop,
      writing('whole', async () => ok({})),
      id,
    )
    expect(await written(shop)).toEqual(['whole'])
  })

  test('a statement that the database refuses takes back only its own command', async () => {
    const shop = await createTestShop({ dialect })
    const breaking = writing('half', async (context) => {
      await context.tx.run(sql`INSERT INTO orders (id) VALUES ('x')`)
      return ok({})
    })
    const all = await Promise.allSettled([
      run(
        shop,
        writing('first', async () => ok({})),
      ),
      run(shop, breaking),
      run(
        shop,
        writing('last', async () => ok({})),
      ),
    ])
    expect(all.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await written(shop)).toEqual(['first', 'last'])
  })

  test('a refusal takes back what was written before it', async () => {
    const shop = await createTestShop({ dialect })
    const refusing: AnyCommand = {
      ...writing('refused', async () => ok({})),
      async handle(context: Context) {
        await context.put('order', { id: 'refused', rev: 1 }, ['desk:x'])
        return refuse({ code: 'order.over' })
      },
    }
    const { answer } = await run(shop, refusing)
    expect(answer).toEqual({ ok: false, refusal: { code: 'order.over' } })
    expect(await written(shop)).toEqual([])
  })

  test('a full disk answers 503 with a time to come back, and reading goes on', async () => {
    let isFull = false
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) =>
          isFull ? Promise.reject(new StorageFullError('SQLITE_FULL')) : database.runGroup(jobs),
      }),
    })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    isFull = true
    const refused = await phone.send('order.place', args)
    expect([refused.status, refused.body.refusal.code]).toEqual([503, 'server.storage_full'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await phone.fetch('/api/outlets')).status).toBe(200)
    isFull = false
    expect((await phone.send('order.place', args, { id: refused.id })).status).toBe(200)
    expect(await shop.count('orders')).toBe(1)
  })

  test('every answer may be read by our own page alone and kept by nobody, whatever it says', async () => {
    let isBroken = false
    const shop = await createTestShop({
      dialect,
      publicUrl: 'https://pesan.example',
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) => (isBroken ? Promise.reject(new Error('broken')) : database.runGroup(jobs)),
      }),
    })
    const { token } = await shop.table('A1')
    const phone = shop.stranger()
    const order = async (headers: Record<string, string> = {}) =>
      phone.send('order.place', await shop.orderArgs(token), { headers })
    const answers = [await order(), await phone.send('code.scan', { token }), await order()]
    answers.push(await order({ origin: 'https://evil.example' }), await phone.send('nothing', {}))
    isBroken = true
    answers.push(await order())
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 200, 403, 404, 500])
    for (const { status, headers } of answers) {
      expect([status, headers.get('content-type')]).toEqual([status, 'application/json'])
      expect([status, headers.get('x-content-type-options')]).toEqual([status, 'nosniff'])
      expect([status, headers.get('cache-control')]).toEqual([status, 'no-store'])
      expect([status, headers.get('referrer-policy')]).toEqual([status, 'no-referrer'])
      expect([status, headers.get('cross-origin-resource-policy')]).toEqual([status, 'same-origin'])
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    }
  })

  test('a fault of ours answers 500 with a number to ask about and no word of what happened', async () => {
    let isBroken = false
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) =>
          isBroken ? Promise.reject(new Error('relation "orders" of Budi')) : database.runGroup(jobs),
      }),
    })
    const phone = await shop.phone('A1')
    isBroken = true
    const answer = await phone.send('order.place', await shop.orderArgs((await shop.table('A1')).token))
    expect(answer.status).toBe(500)
    expect(Object.keys(answer.body.refusal).sort()).toEqual(['code', 'requestId'])
    expect(shop.logLines.join()).toContain(answer.body.refusal.requestId)
  })
})

describeOnBoth('the lane of writes has an end', (dialect) => {
  test('when 256 commands wait, the next is told to come back, and is served when it does', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    let open = () => {}
    let started = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const running = new Promise<void>((resolve) => {
      started = resolve
    })
    const first = shop.writer.submit(async () => {
      started()
      await gate
      return { keep: true, value: undefined }
    })
    await running
    const waiting = Array.from({ length: 256 }, () =>
      shop.writer.submit(async () => ({ keep: true, value: undefined })),
    )
    const busy = await phone.send('order.place', args)
    expect([busy.status, busy.body.refusal.code]).toEqual([503, 'server.busy'])
    expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0)
    open()
    await Promise.all([first, ...waiting])
    expect((await phone.send('order.place', args, { id: busy.id })).status).toBe(200)
  })
})

describeOnBoth('an answer that was lost is given again with its records', (dialect) => {
  test('as they are now, and only to the phone that sent it', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const first = await phone.send('order.place', args)
    await phone.send('order.ask', { orderId: args.orderId, kind: 'cancel', note: '' })
    const again = await phone.send('order.place', args, { id: first.id })
    const order = again.body.changes.find((change: Change) => change.kind === 'order')
    expect([order.id, order.body.status, again.body.result]).toEqual([
      args.orderId,
      'cancelled',
      first.body.result,
    ])
    const other = await (await shop.phone('A1')).send('order.place', args, { id: first.id })
    expect([other.status, JSON.stringify(other.body)]).toEqual([409, expect.not.stringContaining('changes')])
  })
})

const HALF_HOUR_MS = 30 * 60_000
const waited = (ms: number) => ({ headers: { 'meja-waited-ms': String(ms) } })

describeOnBoth('what waited too long on a phone is not made unasked', (dialect) => {
  test('an order of more than half an hour ago is refused, and a delayed copy of it never fires', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const late = await phone.send('order.place', args, waited(HALF_HOUR_MS + 1))
    expect([late.status, late.body.refusal]).toEqual([409, { code: 'request.waited_too_long' }])
    const copy = await phone.send('order.place', args, { id: late.id })
    expect([copy.status, copy.body.refusal]).toEqual([409, { code: 'request.waited_too_long' }])
    expect(await shop.count('orders')).toBe(0)
    expect((await phone.send('order.place', args)).status).toBe(200)
    expect(await shop.count('orders')).toBe(1)
  })

  test('an order whose answer was lost is answered again, however late the phone asks', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const first = await phone.send('order.place', args, waited(HALF_HOUR_MS))
    const again = await phone.send('order.place', args, { id: first.id, ...waited(9 * HALF_HOUR_MS) })
    expect([again.status, again.body]).toEqual([200, first.body])
    expect(again.body.changes).not.toEqual([])
    expect(await shop.count('orders')).toBe(1)
  })

  test('a call waits ten minutes; what is no duration, or none that fits, counts as too long', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const { token } = await shop.table('A1')
    const call = () => ({ callId: makeId('cal', 1_700_000_000_000), token, kind: 'water', note: '' })
    const late = await phone.send('call.place', call(), waited(600_001))
    expect(late.body.refusal.code).toBe('request.waited_too_long')
    for (const odd of ['-1e99', '-5', 'abc', '', '1.5', '1000000000000000', '9'.repeat(400)]) {
      const answer = await phone.send('call.place', call(), { headers: { 'meja-waited-ms': odd } })
      expect([odd, answer.body.refusal]).toEqual([odd, { code: 'request.waited_too_long' }])
    }
    // What never says how long it waited, the staff's pages and scripts, was sent at once.
    expect((await phone.send('call.place', call())).status).toBe(200)
  })
})

describeOnBoth('requests are limited by phone before address', (dialect) => {
  test('sixty guests behind one address are served while one of them who hammers waits', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const guests = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const guest = shop.stranger('198.51.100.7')
        await guest.send('code.scan', { token })
        return guest
      }),
    )
    const [abuser, ...honest] = guests
    if (!abuser) throw new Error('a guest')
    const statuses = []
    for (let count = 0; count < 140; count++)
      statuses.push((await abuser.send('visit.join', { token })).status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10)
    const refused = await abuser.send('visit.join', { token })
    expect([refused.status, refused.body.refusal.code]).toEqual([429, 'request.too_many'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (const guest of honest) expect((await guest.send('visit.join', { token })).status).toBe(200)
  })
})
