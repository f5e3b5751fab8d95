import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMenuFile } from '../../../server/menu/menu-file.ts'
import { DEMO_NAMED } from '../../shared/menu/demo-menu.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const parse = (text: string) => parseMenuFile(bytes(text), DEMO_NAMED)

const ITEM = '@item,id,category,name,name_en,description,description_en,price,picture,colour,prep_minutes'
const HEAD = '@category,id,name,name_en\n,kopi,Kopi,Coffee\n'
const latte = (price: string) => `,latte,kopi,Latte,Latte,Enak,Nice,${price},cup,#aa7744,3`
const file = (price: string) => `${HEAD}${ITEM}\n${latte(price)}\n`

/** The faults of a file as "line column code", the way a manager meets them. */
function faults(text: string): string[] {
  const result = parse(text)
  if (result.ok) return []
  return result.refusal.lines.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`)
}

describe('a menu file is read as spreadsheets write it', () => {
  const expected = parse(file('18000'))

  test.each([
    ['a byte order mark', `\ufeff${file('18000')}`],
    ['Windows line ends', file('18000').replaceAll('\n', '\r\n')],
    ['old Mac line ends', file('18000').replaceAll('\n', '\r')],
    ['semicolons', file('18000').replaceAll(',', ';')],
    ['quoted cells', file('18000').replaceAll('Latte', '"Latte"').replace('@item', '"@item"')],
    ['an apostrophe before a marker', file('18000').replace('@item', "'@item")],
    ['padding cells', file('18000').replaceAll('\n', ',,,\n')],
    ['comments and empty rows', `# menu "kami"\n\n${file('18000')},,,\n"# selesai, ya"\n`],
    ['spaces around cells', file('18000').replaceAll(',', ' , ')],
    ['capital headings', file('18000').replace('@item,id', '@ITEM,ID')],
  ])('%s', (_, text) => {
    expect(parse(text)).toEqual(expected)
  })

  test('columns may stand in any order', () => {
    const text = `${HEAD}@item,price,id,name_en,name,category,prep_minutes,colour,picture,description_en,description
,18000,latte,Latte,Latte,kopi,3,#aa7744,cup,Nice,Enak\n`
    expect(parse(text)).toEqual(expected)
  })

  test.each([
    ['18000', 18_000],
    ['18.000', 18_000],
    ['Rp18.000', 18_000],
    ['rp 18.000', 18_000],
    ['Rp. 1.250.000', 1_250_000],
    ['0', 0],
  ])('a price of %s', (written, priceRp) => {
    expect(parse(file(written))).toMatchObject({ ok: true, value: { items: [{ priceRp }] } })
  })

  test('weekdays, times, lists and answers are taken in both languages and styles', () => {
    const text = `${HEAD}@group,id,name,name_en,min,max\n,es,Es,Ice,0,1
@option,group,id,name,name_en,difference,default\n,es,banyak,Banyak,Much,-500,ya\n,es,sedikit,Sedikit,Little,,no
${ITEM},weekdays,from,until,season,badges,allergens,groups,order_types,search
${latte('18000')},sen|rab fri,7.00,24:00, ramadan ,new|spicy,milk egg,es,table,kopsus`
    expect(parse(text)).toMatchObject({
      ok: true,
      value: {
        groups: [{ options: [{ differenceRp: -500, isDefault: true }, { isDefault: false }] }],
        items: [
          {
            availability: {
              weekdays: [1, 3, 5],
              from: '07:00',
              until: '24:00',
              season: { name: { id: 'Ramadan', en: 'Ramadan' }, runs: [] },
              orderTypes: ['table'],
            },
            badges: ['new', 'spicy'],
            allergens: ['milk', 'egg'],
          },
        ],
      },
    })
  })
})

describe('every bad line is named', () => {
  test('the sentence says where, what, and how to mend it, in both languages', () => {
    const result = parse(file('delapan belas'))
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        code: 'menu_file.refused',
        total: 1,
        lines: [
          {
            line: 4,
            column: 'price',
            code: 'price.malformed',
            message: {
              id: "Baris 4, kolom price: 'delapan belas' bukan harga. Tulis angka rupiah, misalnya 18000.",
              en: "Line 4, column price: 'delapan belas' is not a price. Write rupiah as a number, for example 18000.",
            },
          },
        ],
      },
    })
  })

  test.each([
    ['', 'price cell.empty'],
    ['18000.50', 'price price.fraction'],
    ['"18,5"', 'price price.fraction'],
    ['"18,000"', 'price price.fraction'],
    ['1.80.00', 'price price.fraction'],
    ['-1000', 'price price.negative'],
    ['18', 'price price.too_small'],
    ['9999999999', 'price price.too_large'],
    ['1e5', 'price price.malformed'],
    ['$18', 'price price.malformed'],
    ['18000 atau 20000', 'price price.malformed'],
  ])('a price of %s', (written, expected) => {
    expect(faults(file(written))).toEqual([`4 ${expected}`])
  })

  test('a season that no outlet has, with those that there are', () => {
    const text = `${HEAD}${ITEM},season\n${latte('18000')},Ramadhan\n`
    expect(faults(text)).toEqual(['4 season season.unknown'])
    expect(parse(text)).toMatchObject({
      refusal: {
        lines: [
          {
            message: {
              id: "Baris 4, kolom season: tidak ada musim 'Ramadhan' di outlet mana pun. Yang ada: Ramadan. Musim baru dibuat di Pengaturan outlet.",
              en: "Line 4, column season: no outlet has a season 'Ramadhan'. There are: Ramadan. Add a new one in the outlet settings.",
            },
          },
        ],
      },
    })
    const without = parseMenuFile(bytes(text), { slugs: [], seasons: [] })
    expect(without).toMatchObject({ ok: false, refusal: { lines: [{ line: 4, code: 'season.none' }] } })
  })

  const group = (rows: string) => `${HEAD}@group,id,name,name_en,min,max\n${rows}
@option,group,id,name,name_en,difference,default`
  const withItem = (rows: string, price = '18000') => `${rows}\n${ITEM},groups\n${latte(price)},es`

  test.each([
    ['nothing', '', ['1 - file.empty']],
    ['only comments', '# menu\n\n', ['1 - file.empty']],
    ['no item', HEAD, ['1 - file.empty']],
    ['an open quote', `${HEAD},teh,"Teh,Tea\n`, ['3 - file.malformed_quotes']],
    [
      'a quote within a cell',
      `${HEAD},teh,Roti 6" besar,Bread\n,jus,Jus,Juice\n`,
      ['3 - file.malformed_quotes'],
    ],
    ['data before a heading', `,x,y\n${file('18000')}`, ['1 - row.without_kind']],
    ['a heading that we do not know', `@minuman,id\n,a\n${file('18000')}`, ['1 - row.unknown_kind']],
    ['text in the first cell', `${HEAD}teh,Teh,Tea\n${ITEM}\n${latte('18000')}`, ['3 - row.first_cell']],
    ['a comma without quotes', file('18000').replace('Enak', 'Enak, manis'), ['4 - row.too_many_cells']],
    [
      'an unknown column',
      file('18000').replace('prep_minutes', 'prep_minutes,harga'),
      ['3 harga column.unknown'],
    ],
    [
      'a missing column',
      file('18000').replace('name_en,desc', 'desc').replace('Latte,Latte', 'Latte'),
      ['3 name_en column.missing'],
    ],
    ['a column twice', file('18000').replace('prep_minutes', 'prep_minutes,price'), ['3 price column.twice']],
    [
      'another outlet',
      file('18000').replace('prep_minutes', 'prep_minutes,price:medan'),
      ['3 price:medan column.unknown_outlet'],
    ],
    ['an id with capitals', file('18000').replace(',latte,', ',Latte Panas,'), ['4 id id.malformed']],
    ['an id twice', `${file('18000')}${latte('18000')}`, ['5 id id.twice']],
    [
      'no category at all, said once for every item',
      `${ITEM}\n${latte('18000')}\n${latte('18000').replace('latte', 'mocha')}\n`,
      ['2 category category.none'],
    ],
    [
      'an unknown category',
      file('18000').replace('latte,kopi', 'latte,teh'),
      ['4 category category.unknown'],
    ],
    ['an unknown group', withItem(HEAD.trim()), ['4 groups group.unknown']],
    [
      'an option of no group',
      `${file('18000')}@option,group,id,name,name_en\n,es,a,A,A`,
      ['6 group group.unknown'],
    ],
    [
      'min over max',
      withItem(`${group(',es,Es,Ice,2,1')}\n,es,a,A,A\n,es,b,B,B`),
      ['4 min group.min_over_max'],
    ],
    [
      'two defaults of one',
      withItem(`${group(',es,Es,Ice,1,1')}\n,es,a,A,A,,ya\n,es,b,B,B,,ya`),
      ['4 max group.too_many_defaults'],
    ],
    ['a required group without options', withItem(group(',es,Es,Ice,1,1')), ['4 min group.too_few_options']],
    [
      'two required of one option',
      withItem(`${group(',es,Es,Ice,2,2')}\n,es,a,A,A`),
      ['4 min group.too_few_options'],
    ],
    [
      'a price below nothing',
      withItem(`${group(',es,Es,Ice,0,2')}\n,es,a,A,A,-9000\n,es,b,B,B,-9500`),
      ['9 price item.below_free'],
    ],
    [
      'an end that is the start',
      `${HEAD}${ITEM},from,until\n${latte('18000')},11:00,11:00`,
      ['4 until time.same'],
    ],
    [
      'a start at the end of a day',
      `${HEAD}${ITEM},from,until\n${latte('18000')},24:00,02:00`,
      ['4 from time.start'],
    ],
    ['an hour of 25', `${HEAD}${ITEM},from\n${latte('18000')},25:00`, ['4 from time.malformed']],
    ['a colour by name', file('18000').replace('#aa7744', 'cokelat'), ['4 colour colour.malformed']],
    ['an unknown picture', file('18000').replace('cup', 'gelas'), ['4 picture word.unknown']],
    [
      'a photo outside its folder',
      `${HEAD}${ITEM},photo\n${latte('18000')},../a.png`,
      ['4 photo photo.malformed'],
    ],
    [
      'an unknown allergen of an option',
      withItem(`${group(',es,Es,Ice,0,1')},allergens\n,es,a,A,A,,,gluten`),
      ['6 allergens word.unknown'],
    ],
    [
      'a name that the spreadsheet took for a formula',
      file('18000').replace('Latte', '#NAME?'),
      ['4 name cell.spreadsheet_error'],
    ],
    ['an unknown allergen', `${HEAD}${ITEM},allergens\n${latte('18000')},susu`, ['4 allergens word.unknown']],
    ['a weekday twice', `${HEAD}${ITEM},weekdays\n${latte('18000')},sen mon`, ['4 weekdays word.twice']],
    ['no English name', file('18000').replace('Latte,Latte', 'Latte,'), ['4 name_en cell.empty']],
    ['a name too long', file('18000').replace('Latte', 'L'.repeat(61)), ['4 name cell.too_long']],
    [
      'an invisible character',
      file('18000').replace('Enak', 'En\u202eak'),
      ['4 description cell.control_character'],
    ],
    [
      'three minutes and a half',
      file('18000').replace(',3\n', ',"3,5"\n'),
      ['4 prep_minutes number.malformed'],
    ],
  ])('%s', (_, text, expected) => {
    expect(faults(text)).toEqual(expected)
  })

  test('lines are counted as an editor counts them, and the spreadsheet row is told where it differs', () => {
    const text = `${HEAD}${ITEM}\n${latte('18000').replace('Enak', '"Enak,\r\nsungguh\r\nenak"')}\n\n# lagi\n${latte('x').replace('latte', 'teh')}`
    const result = parse(text)
    expect(faults(text)).toEqual(['9 price price.malformed'])
    if (!result.ok) {
      expect(result.refusal.lines[0]?.message.id).toMatch(
        /^Baris 9 \(baris 7 di spreadsheet\), kolom price: /,
      )
    }
  })

  test('all faults of a file come at once, in the order of its lines', () => {
    const text = `${HEAD},Teh,Teh,\n${ITEM}\n${latte('x')}\n${latte('18000').replace('cup', 'mug')}`
    expect(faults(text)).toEqual([
      ...['3 id id.malformed', '3 name_en cell.empty', '5 price price.malformed'],
      ...['6 id id.twice', '6 picture word.unknown'],
    ])
  })

  test('a hundred are written out and all are counted', () => {
    const text = `${HEAD}${ITEM}\n${Array.from({ length: 150 }, (_, i) => latte('x').replace('latte', `i${i}`)).join('\n')}`
    const result = parse(text)
    expect(result).toMatchObject({ ok: false, refusal: { total: 150 } })
    if (!result.ok) expect(result.refusal.lines).toHaveLength(100)
  })

  test.each([
    ['items', 500, (i: number) => latte('18000').replace('latte', `i${i}`), `${HEAD}${ITEM}`, 'limit.items'],
    [
      'categories',
      40,
      (i: number) => `,c${i},C,C`,
      `${file('18000')}@category,id,name,name_en`,
      'limit.categories',
    ],
  ])('more than the permitted %s are refused', (_, max, row, head, code) => {
    const rows = (count: number) => `${head}\n${Array.from({ length: count }, (_, i) => row(i)).join('\n')}`
    const own = code === 'limit.categories' ? 1 : 0
    expect(faults(rows(max - own))).toEqual([])
    expect(faults(rows(max - own + 1))[0]).toContain(code)
  })

  test('letters that are not UTF-8 are refused with their line', () => {
    const latin = Uint8Array.from(`${HEAD},kue,Kué,Cake\n`, (letter) => letter.charCodeAt(0))
    expect(parseMenuFile(latin, DEMO_NAMED)).toMatchObject({
      ok: false,
      refusal: { lines: [{ line: 3, code: 'file.not_utf8' }] },
    })
  })

  test('more than 2 MB is refused unread', () => {
    expect(parseMenuFile(new Uint8Array(2 * 1024 * 1024 + 1), DEMO_NAMED)).toMatchObject({
      ok: false,
      refusal: { lines: [{ code: 'file.too_large' }] },
    })
  })

  test('no bytes at all make it throw', () => {
    const pieces = fc.constantFrom(
      ...'@item @category @group @option , ; " \' # - \n \r \t = id name price: 18000'.split(' '),
    )
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          texts.map((parts) => bytes(parts.join(''))),
        ),
        (given) => {
          expect(typeof parseMenuFile(given, DEMO_NAMED).ok).toBe('boolean')
        },
      ),
    )
  })
})
