import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQris, toDynamic } from '#shared/payment/qris.ts'
import vectors from './qris-vectors.json'
import { STATIC, seal } from './sample-qris.ts'

const sound = vectors
  .filter(({ valid, profile }) => valid && profile === 'qris')
  .map(({ payload }) => payload)
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))

function accepted(payloads: Iterable<string>): string[] {
  return [...payloads].filter((payload) => parseQris(payload).ok)
}

function* replaced(payload: string) {
  for (let place = 0; place < payload.length; place++) {
    for (const character of PRINTABLE) {
      if (character !== payload[place]) yield payload.slice(0, place) + character + payload.slice(place + 1)
    }
  }
}

function* shortenedOrSwapped(payload: string) {
  for (let place = 0; place < payload.length; place++) {
    const [here, next] = [payload[place]!, payload[place + 1] ?? '']
    yield payload.slice(0, place)
    yield payload.slice(0, place) + payload.slice(place + 1)
    yield payload.slice(0, place) + here + payload.slice(place)
    if (next !== '' && next !== here) yield payload.slice(0, place) + next + here + payload.slice(place + 2)
  }
}

test('any one wrong character is found', () => {
  for (const payload of sound) expect(accepted(replaced(payload))).toEqual([])
})

test('a lost, doubled or swapped character and every cut are found', () => {
  for (const payload of sound) expect(accepted(shortenedOrSwapped(payload))).toEqual([])
})

test('no text makes the reader throw', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }).map(seal),
    fc
      .array(fc.constantFrom('00', '01', '02', '62', '63', '04', '26', '99', 'ID', '\ud800', '6304'), {
        maxLength: 60,
      })
      .map((parts) => seal(`000201${parts.join('')}`)),
    fc
      .tuple(fc.nat(STATIC.length), fc.string({ maxLength: 6 }))
      .map(([place, junk]) => STATIC.slice(0, place) + junk + STATIC.slice(place)),
  )
  fc.assert(
    fc.property(anything, fc.double(), (payload, amountRp) => {
      expect(typeof parseQris(payload).ok).toBe('boolean')
      expect(typeof toDynamic(payload, { amountRp, reference: payload }).ok).toBe('boolean')
    }),
    { numRuns: 10_000 },
  )
})

test('a megabyte of junk is refused at once', () => {
  const startedMs = performance.now()
  expect(parseQris('00'.repeat(1_000_000)).ok).toBe(false)
  expect(performance.now() - startedMs).toBeLessThan(100)
})
