import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base32, ID_PREFIXES, idPattern, newId } from '#shared/kernel/ids.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const prefix = fc.constantFrom(...ID_PREFIXES)

describe('an id is made where the thing is born', () => {
  test('it has its prefix and 26 characters that nobody mistakes for others', () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 0, max: 2 ** 48 - 1 }), random, (kind, nowMs, bytes) => {
        const id = newId(kind, nowMs, bytes)
        expect(id).toMatch(idPattern(kind))
        expect(id.slice(4)).not.toMatch(/[ilou]/)
      }),
    )
  })

  test('ids of later milliseconds sort after', () => {
    const moment = fc.integer({ min: 0, max: 2 ** 47 })
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1e9 }), random, random, (nowMs, laterByMs, a, b) => {
        expect(newId('ord', nowMs, a) < newId('ord', nowMs + laterByMs, b)).toBe(true)
      }),
    )
  })

  test('other random bits make another id', () => {
    fc.assert(
      fc.property(random, random, (a, b) => {
        expect(newId('ord', 0, a) === newId('ord', 0, b)).toBe(`${a}` === `${b}`)
      }),
    )
  })

  test('an id of another kind, of other letters or another length is none', () => {
    const id = newId('ord', 1, new Uint8Array(10))
    for (const wrong of [
      id.replace('ord', 'tbl'),
      id.toUpperCase(),
      `${id}0`,
      id.slice(0, -1),
      ` ${id}`,
      `${id}\n`,
    ]) {
      expect(idPattern('ord').test(wrong)).toBe(false)
    }
  })

  test('a clock that is wrong breaks no id; too few random bits do', () => {
    for (const nowMs of [-1, 0.5, 2 ** 60])
      expect(newId('ord', nowMs, new Uint8Array(10))).toMatch(idPattern('ord'))
    expect(() => newId('ord', 0, new Uint8Array(9))).toThrow('80 random bits')
  })

  test('ten bytes are sixteen characters', () => {
    expect(base32(new Uint8Array(10))).toBe('0'.repeat(16))
    expect(base32(new Uint8Array(10).fill(255))).toBe('z'.repeat(16))
    expect(base32(new Uint8Array([0b00001_000]))).toBe('10')
  })
})
