import { describe, expect, test } from 'vitest'
import { addressKey, createLimits } from '../../../../server/platform/http/limits.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { commandId } from '../../../support/browser.ts'
import { createTestShop } from '../../../support/test-shop.ts'

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

  test('every guess from a /64 counts together, the /64 beside it apart', () => {
    const limits = createLimits(1, () => 0)
    const guess = (address: string) => limits.takeGuess(address, 'AAAA-AAAA')
    for (let host = 1; host <= 10; host++) expect(guess(`2001:db8:1:2::${host.toString(16)}`)).toBeNull()
    expect(guess('2001:db8:1:2:ffff::1')).toBeGreaterThan(0)
    expect(guess('2001:db8:1:3::1')).toBeNull()
  })
})

/** Limits on a clock that the test turns. */
function limitsInTime() {
  let nowMs = 0
  const limits = createLimits(1, () => nowMs)
  return { limits, turn: (byMs: number) => (nowMs += byMs) }
}

describe('what one does too often stops that one, for seconds', () => {
  const wifi = '203.0.113.9'

  test('a sender by its name alone: a hundred phones that hammer leave the phone beside them its own', async () => {
    const limits = createLimits()
    for (let phone = 0; phone < 100; phone++) {
      for (let count = 0; count < 121; count++) await limits.takeKnown(`cus_${phone}`)
    }
    expect(await limits.takeKnown('cus_1')).toBeGreaterThan(0)
    for (let count = 0; count < 120; count++) expect(await limits.takeKnown('cus_honest')).toBeNull()
    expect(await limits.takeKnown('cus_honest')).toBeGreaterThan(0)
  })

  test('two hundred phones behind one address look at free times, a flood from another is told to wait', () => {
    const { limits, turn } = limitsInTime()
    for (let phone = 0; phone < 200; phone++) expect(limits.takeLook(wifi)).toBeNull()
    for (let count = 0; count < 300; count++) limits.takeLook('198.51.100.7')
    expect(limits.takeLook('198.51.100.7')).toBeGreaterThan(0)
    turn(10_000)
    for (let phone = 0; phone < 200; phone++) expect(limits.takeLook(wifi)).toBeNull()
  })

  test('junk may be sent again within two seconds, and not by all at the same moment', () => {
    const { limits, turn } = limitsInTime()
    for (let count = 0; count < 100; count++) expect(limits.takeJunk(wifi)).toBeNull()
    const waits = Array.from({ length: 200 }, () => limits.takeJunk(wifi) ?? 0)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(500)
    expect(Math.max(...waits)).toBeLessThan(2000)
    expect(new Set(waits).size).toBeGreaterThan(50)
    turn(1000)
    expect(limits.takeJunk(wifi)).toBeNull()
  })

  test('a thousand phones a second from one code leave room for every other code and address', () => {
    const { limits, turn } = limitsInTime()
    let [flood, honest, sent] = [0, 0, 0]
    for (let second = 0; second < 60; second++) {
      for (let tick = 0; tick < 100; tick++) {
        for (let phone = 0; phone < 10; phone++)
          if (limits.takeNewPhone(wifi, 'photo', `flood ${sent++}`) === null) flood++
        turn(10)
      }
      if (limits.takeNewPhone(wifi, `table ${second % 20}`, `at ${second}`) === null) honest++
      if (limits.takeNewPhone(`198.51.100.${second}`, 'photo', `from ${second}`) === null) honest++
    }
    expect(honest).toBe(120)
    // What a flood may write to the disk.
    expect(flood).toBeLessThan(60 * 160 + 400)
  })

  /** How often each of fifty guests tries beside a thousand scans a second of the same code and address. */
  function triesBeside(floodId: (at: number) => string): number[] {
    const { limits, turn } = limitsInTime()
    let sent = 0
    return Array.from({ length: 50 }, (_, guest) => {
      let tries = 1
      let dueMs = 0
      for (let ms = 0; ms < 60_000; ms++) {
        turn(1)
        limits.takeNewPhone(wifi, 'photo', floodId(sent++))
        if (ms < dueMs) continue
        const waitMs = limits.takeNewPhone(wifi, 'photo', `guest ${guest}`)
        if (waitMs === null) return tries
        tries++
        dueMs = ms + waitMs
      }
      return Number.POSITIVE_INFINITY
    })
  }

  test('a guest at the very code and address of the flood comes in at the second try, having waited as told', () => {
    expect(Math.max(...triesBeside((at) => `flood ${at}`))).toBeLessThanOrEqual(2)
  })

  test('beside a flood that is as patient as a guest it takes more tries, and every guest comes in', () => {
    expect(Math.max(...triesBeside((at) => `flood ${at % 2500}`))).toBeLessThan(60)
  })

  test('who comes back sooner than told has no room of their own, and each who waited has it once', () => {
    const { limits, turn } = limitsInTime()
    let sent = 0
    const flood = () => {
      for (let count = 0; count < 1000; count++) limits.takeNewPhone(wifi, 'photo', `fresh ${sent++}`)
    }
    flood()
    const waitMs = limits.takeNewPhone(wifi, 'photo', 'guest') ?? 0
    expect(waitMs).toBeGreaterThan(0)
    turn(waitMs - 100)
    flood()
    const again = limits.takeNewPhone(wifi, 'photo', 'guest') ?? 0
    expect(again).toBeGreaterThan(0)
    turn(again)
    flood()
    expect(limits.takeNewPhone(wifi, 'photo', 'guest')).toBeNull()
    expect(limits.takeNewPhone(wifi, 'photo', 'guest')).toBeGreaterThan(0)
  })

  test('a flood of one wrong code is no obstacle for another, a flood of all of them one of seconds', () => {
    const { limits, turn } = limitsInTime()
    const right = 'K7PM-2XQD'
    for (let count = 0; count < 5000; count++) limits.takeGuess(wifi, 'AAAA-AAAA')
    expect(limits.takeGuess(wifi, 'aaaa-2xqd')).toBeGreaterThan(0)
    expect(limits.takeGuess(wifi, right)).toBeNull()
    turn(1000)
    expect(limits.takeGuess(wifi, 'AAAA-AAAA')).toBeNull()
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    let [tried, sent] = [0, 0]
    for (let second = 0; second < 100; second++) {
      for (let count = 0; count < 1000; count++) {
        const at = sent++ * 7
        const code = `${letters[at % 32]}${letters[(at >> 5) % 32]}PM-2XQD`
        if (limits.takeGuess(wifi, code) === null) tried++
        turn(1)
      }
    }
    expect(tried).toBeLessThan(100 * 300 + 400)
  })

  test('many addresses together guess six hundred a second', () => {
    const { limits } = limitsInTime()
    let tried = 0
    for (let host = 0; host < 1000; host++) {
      if (limits.takeGuess(`198.51.${host >> 8}.${host & 255}`, 'K7PM-2XQD') === null) tried++
    }
    expect(tried).toBe(600)
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
    expect(answers.filter(({ status }) => status === 404).length).toBeLessThanOrEqual(12)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(88)
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(2)
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
