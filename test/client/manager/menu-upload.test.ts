import { describe, expect, it } from 'vitest'
import { problemsOf, readUpload } from '../../../client/menu-admin/menu-upload.ts'
import { parsePrice } from '../../../client/menu-admin/parse-price.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a menu file is looked at before it is sent', () => {
  it("turns Windows' line ends, which the wire refuses", () => {
    expect(readUpload(bytesOf('a\r\nb\rc'))).toEqual({ csv: 'a\nb\nc', problem: null })
  })

  it('names the line whose letters are not UTF-8', () => {
    const latin = new Uint8Array([...bytesOf('satu\r\ndua '), 0xe9])
    expect(readUpload(latin).problem).toEqual({ code: 'not_utf8', line: 2 })
  })

  it('names the line of a character that cannot be seen', () => {
    expect(readUpload(bytesOf('satu\ndua\ttiga')).problem).toEqual({ code: 'strange_character', line: 2 })
  })

  it('knows a workbook by its first bytes, however it is called', () => {
    const workbook = new Uint8Array([...bytesOf('PK'), 3, 4, 0xff])
    expect(readUpload(workbook).problem).toEqual({ code: 'excel', line: null })
  })

  it('refuses an empty file and one over 2 MB', () => {
    expect(readUpload(new Uint8Array()).problem?.code).toBe('empty')
    expect(readUpload(new Uint8Array(2 * 1024 * 1024 + 1)).problem?.code).toBe('too_large')
  })

  it('takes only lines of a refusal that are lines', () => {
    const line = { line: 4, column: 'price', message: { id: 'x', en: 'y' } }
    expect(problemsOf([line, null, 'no'])).toEqual([line])
    expect(problemsOf(undefined)).toEqual([])
  })
})

describe('a price as people type it', () => {
  it.each([
    ['22000', 22_000],
    ['22.000', 22_000],
    ['Rp 22.000', 22_000],
    ['rp1,500,000', 1_500_000],
    ['0', 0],
  ])('%s is %i rupiah', (typed, amountRp) => {
    expect(parsePrice(typed)).toBe(amountRp)
  })

  it.each(['', '22.00', '22,5', '-5', 'dua', '9999999999'])('"%s" is no price', (typed) => {
    expect(parsePrice(typed)).toBeNull()
  })
})
