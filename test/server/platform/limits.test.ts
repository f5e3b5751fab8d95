import { describe, expect, test } from 'vitest'
import { addressKey, createLimits } from '../../../server/platform/limits.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

describe('an address is counted as what one subscriber has', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:52011', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::ffff', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::7]:443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  test('every guess from a /64 counts together, the /64 beside it apart', async () => {
    const limits = createLimits()
    for (let host = 1; host <= 10; host++)
      expect(await limits.takeGuess(`2001:db8:1:2::${host.toString(16)}`)).toBeNull()
    expect(await limits.takeGuess('2001:db8:1:2:ffff::1')).toBeGreaterThan(0)
    expect(await limits.takeGuess('2001:db8:1:3::1')).toBeNull()
  })
})

describe('strangers cannot use up what known senders need', () => {
  const stranger = { session: null, isPhone: false, address: '203.0.113.9' }

  test('a flood without cookies stops strangers at that address, and no phone or staff there', async () => {
    const limits = createLimits()
    for (let count = 0; count < 6000; count++) await limits.take(stranger)
    expect(await limits.take(stranger)).toBeGreaterThan(0)
    expect(await limits.take({ ...stranger, session: 'cus_1', isPhone: true })).toBeNull()
    expect(await limits.take({ ...stranger, session: 'stf_1' })).toBeNull()
  })

  test('a hundred made-up phones at one address are counted together, staff there still pass', async () => {
    const limits = createLimits()
    let passed = 0
    for (let phone = 0; phone < 100; phone++) {
      for (let count = 0; count < 100; count++) {
        const waitMs = await limits.take({ ...stranger, session: `cus_${phone}`, isPhone: true })
        if (waitMs === null) passed++
      }
    }
    expect(passed).toBe(6000)
    expect(await limits.take({ ...stranger, session: 'stf_1' })).toBeNull()
  })
})

describeOnBoth('new phones cost something', (dialect) => {
  test('one code makes thirty a minute, from however many addresses, and says how long to wait', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { token } = await shop.table('A1')
    const known = await shop.phone('A1')
    const before = await shop.count('customers')
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => shop.stranger().send('code.scan', { token })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(29)
    const refused = answers.find(({ status }) => status !== 200)
    expect([refused?.status, refused?.body.refusal]).toEqual([
      429,
      { code: 'request.too_many', why: 'new_phones', waitMs: expect.any(Number) },
    ])
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await shop.count('customers')) - before).toBe(29)
    // Whoever is known scans as often as before; the next table is not concerned.
    for (let count = 0; count < 5; count++) {
      expect((await known.send('code.scan', { token })).status).toBe(200)
    }
    const neighbour = await shop.stranger().send('code.scan', { token: (await shop.table('A2')).token })
    expect(neighbour.status).toBe(200)
  })

  test('codes that do not exist use nothing up', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const scan = (token: string) => shop.stranger('198.51.100.7').send('code.scan', { token })
    for (let count = 0; count < 40; count++) expect((await scan('0000000000000000')).status).toBe(404)
    expect((await scan((await shop.table('A1')).token)).status).toBe(200)
  })

  test('an outlet makes three hundred a minute, however many of its codes were photographed', async () => {
    const limits = createLimits()
    const contact = (table: number) => ({ token: `t${table}`, outletId: 'out_1', isTable: true })
    let made = 0
    for (let table = 0; table < 20; table++) {
      for (let phone = 0; phone < 30; phone++) {
        if ((await limits.takeNewPhone(contact(table))) === null) made++
      }
    }
    expect(made).toBe(300)
    expect(await limits.takeNewPhone({ ...contact(99), outletId: 'out_2' })).toBeNull()
  })
})

describeOnBoth('a code is counted before it is tried', (dialect) => {
  test('a hundred device codes at once from one address are tried ten times', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const guesser = shop.stranger('203.0.113.9')
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, guess) =>
        guesser.send('device.enrol', { code: `AAAA-${guess}`, deviceId: shop.id('dev'), label: 'Tablet' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(90)
  })

  test('right codes cost nothing: thirty tablets are enrolled behind one address', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const { id: outletId } = await shop.outlet()
    for (let count = 0; count < 30; count++) {
      const { code } = (await shop.asHouse('device.invite', { outletId })) as { code: string }
      const args = { code, deviceId: shop.id('dev'), label: 'Tablet' }
      const answer = await shop.stranger('203.0.113.9').send('device.enrol', args, { id: commandId() })
      expect(answer.status).toBe(200)
    }
  })
})
