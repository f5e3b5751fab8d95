import { describe, expect, test } from 'vitest'
import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'
import type { AnyCommand } from '../../../server/command.ts'
import { submit } from '../../../server/commands.ts'
import { menuCommandList } from '../../../server/menu/menu.commands.ts'
import { parseMenuFile } from '../../../server/menu/menu-file.ts'
import { BusyError } from '../../../server/platform/database/writer.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

const ITEM =
  '@item,id,category,name,name_en,description,description_en,price,picture,colour,prep_minutes,groups,badges'
const row = (id: number, groups: string) => `,i${id},c,n,n,d,d,1000,glass,#000000,1,${groups},`
const rows = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n')
const full = (text: string) => text.repeat(Math.floor(MAX_MENU_FILE_BYTES / text.length) - 100)

describe('a file made to keep the server busy is refused for what makes it so', () => {
  test.each([
    [
      'a heading of 200,000 columns',
      `@item,${rows(200_000, (at) => `c${at}`).replaceAll('\n', ',')}`,
      'row.too_wide',
    ],
    [
      'a heading of 201 columns',
      `@item,${rows(200, (at) => `c${at}`).replaceAll('\n', ',')},x`,
      'row.too_wide',
    ],
    ['nothing but separators', full(','), 'file.too_many_cells'],
    ['nothing but empty lines', full('\n'), 'file.too_many_cells'],
    ['nothing but quotes', full('"'), 'row.without_kind'],
    ['a heading on each line', full('@item,id\n'), 'file.too_many_cells'],
    [
      '5,001 filled rows',
      `@category,id,name,name_en\n${rows(5000, (at) => `,a${at},b,c`)}`,
      'file.too_many_rows',
    ],
    [
      'one cell of 100,000 words',
      `${ITEM}\n${row(1, rows(100_000, (at) => `w${at}`).replaceAll('\n', ' '))}`,
      'word.too_many',
    ],
    [
      'cells of a thousand equal words',
      `${ITEM}\n${rows(1000, (at) => row(at, 'a '.repeat(900)))}`,
      'word.twice',
    ],
    [
      '2,400 items that choose from a group of 2,400 options',
      `@group,id,name,name_en,min,max\n,g,G,G,1,1\n@option,group,id,name,name_en\n${rows(2400, (at) => `,g,o${at},o,o`)}\n${ITEM}\n${rows(2400, (at) => row(at, 'g'))}`,
      'group.too_many_options',
    ],
    [
      '4,000 options of groups that are not there',
      `@group,id,name,name_en,min,max\n${rows(900, (at) => `,g${at},G,G,0,1`)}\n@option,group,id,name,name_en\n${rows(4000, (at) => `,x${at},o${at},o,o`)}`,
      'limit.groups',
    ],
  ])('%s', (_, csv, code) => {
    const bytes = new TextEncoder().encode(csv)
    const result = parseMenuFile(bytes, { slugs: ['mojopahit', 'ayahanda'], seasons: [] })
    if (result.ok) throw new Error('This is no menu.')
    expect(result.refusal.lines.map((line) => line.code)).toContain(code)
  })

  test('empty cells and lines that a spreadsheet adds are no fault', () => {
    const padded = (text: string) => `${text}${','.repeat(240 - text.split(',').length)}`
    const lines = ['@category,id,name,name_en', ',c,C,C', ITEM, row(1, '')]
    const file = `${lines.map(padded).join('\n')}\n${rows(500, () => ','.repeat(30))}`
    const result = parseMenuFile(new TextEncoder().encode(file), { slugs: [], seasons: [] })
    expect(result.ok).toBe(true)
  })
})

describeOnBoth('a menu file is read before its transaction begins', (dialect) => {
  test('whoever may not replace every menu does not get it read at all', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const answer = await manager.send('menu.import', { csv: 'no menu' })
    expect([answer.status, answer.body.refusal.code]).toEqual([403, 'session.wrong_outlet'])
  })

  test('an outlet that is opened meanwhile makes the same command be tried again, not half done', async () => {
    const shop = await createTestShop({ dialect })
    const importing: AnyCommand | undefined = menuCommandList.find((each) => each.name === 'menu.import')
    if (!importing?.prepare) throw new Error('menu.import prepares')
    const { prepare } = importing
    const { id: _, rev: __, load: ___, ...settings } = await shop.outlet()
    const overtaken: AnyCommand = {
      ...importing,
      async prepare(args, deps) {
        const prepared = await prepare(args, deps)
        await shop.asHouse('outlet.open', {
          outletId: shop.id('out'),
          settings: { ...settings, slug: 'baru' },
        })
        return prepared
      },
    }
    const id = commandId()
    const args = { csv: `@category,id,name,name_en\n,c,C,C\n${ITEM}\n${row(1, '')}\n` }
    await expect(submit(shop.door, overtaken, id, args, { kind: 'house' })).rejects.toThrow(BusyError)
    const again = await submit(shop.door, importing, id, args, { kind: 'house' })
    expect(again.answer).toMatchObject({ ok: true, result: { items: 1 } })
  })

  test('what the reading found is the answer, and a repetition says the same', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const bad = await owner.send('menu.import', { csv: '@category,id,name\n,a,b\n' })
    expect([bad.status, bad.body.refusal.code]).toEqual([422, 'menu.file_refused'])
    const again = await owner.send('menu.import', { csv: '@category,id,name\n,a,b\n' }, { id: bad.id })
    expect(again.body).toEqual(bad.body)
  })
})
