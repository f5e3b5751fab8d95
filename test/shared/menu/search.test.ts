import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMenuSearch } from '#shared/menu/search.ts'
import { soundOf } from '#shared/menu/sound.ts'
import { demoMenu } from './demo-menu.ts'

const menu = demoMenu()
const search = createMenuSearch(menu)

describe('search as people type', () => {
  test.each([
    // contracted, as it is spoken
    ['kopsus', 'es-kopi-susu-titik-koma'],
    ['es kosu', 'es-kopi-susu-titik-koma'],
    ['es kosu aren', 'es-kopi-susu-aren'],
    ['nasgor', 'nasi-goreng-kampung'],
    ['pisgor', 'pisang-goreng'],
    ['robak', 'roti-bakar'],
    ['mandi', 'teh-manis'],
    // letters missing, doubled, swapped
    ['capucino', 'cappuccino'],
    ['kapucino', 'cappuccino'],
    ['capuchino', 'cappuccino'],
    ['cappucinno', 'cappuccino'],
    ['americno', 'americano'],
    ['amerikano', 'americano'],
    ['ekspreso', 'espresso'],
    ['expresso', 'espresso'],
    ['late', 'caffe-latte'],
    ['cafe late', 'caffe-latte'],
    ['makiato', 'caramel-macchiato'],
    ['karamel machiato', 'caramel-macchiato'],
    ['moka', 'mocha'],
    ['afogato', 'affogato'],
    ['flet white', 'flat-white'],
    ['macha late', 'matcha-latte'],
    ['coklat', 'cokelat-aceh'],
    ['hot choco', 'cokelat-aceh'],
    ['kroasan', 'croissant-mentega'],
    ['croisant', 'croissant-mentega'],
    ['krosan almond', 'croissant-almond'],
    ['brownis', 'brownies-sidikalang'],
    ['chesecake', 'basque-cheesecake'],
    ['kentng goreng', 'kentang-goreng'],
    ['sidikalng', 'manual-sidikalang'],
    ['mandheling', 'manual-mandailing'],
    ['teh tarek', 'teh-tarik'],
    ['markisah', 'es-markisa-soda'],
    ['duren', 'es-kopi-durian'],
    ['siomai', 'dimsum-ayam'],
    // run together or cut short
    ['nasigoreng', 'nasi-goreng-kampung'],
    ['bikaambon', 'bika-ambon'],
    ['coldbrew', 'cold-brew'],
    ['pisang gor', 'pisang-goreng'],
    ['vietn', 'vietnam-drip'],
    // in the other language, or by another word
    ['fried rice', 'nasi-goreng-kampung'],
    ['french fries', 'kentang-goreng'],
    ['avocado', 'jus-alpukat'],
    ['lychee tea', 'teh-leci'],
    ['green tea', 'matcha-latte'],
    ['kopi item', 'kopi-tubruk'],
    ['terong belanda', 'jus-martabe'],
    ['takjil', 'kolak-pisang'],
    ['TEH MANIS!!', 'teh-manis'],
    ['mau pesan mie gomak dong kak', 'mie-gomak'],
  ])('"%s" finds %s among the first three', (query, id) => {
    expect(search(query).slice(0, 3)).toContain(id)
  })

  test('asking by diet finds only what keeps it', () => {
    const vegan = menu.items.filter((item) => item.diets.includes('vegan')).map((item) => item.id)
    expect(vegan).toEqual(expect.arrayContaining(search('vegan').slice(0, 5)))
    expect(search('tanpa kafein').length).toBeGreaterThan(3)
  })

  test.each(['', '   ', '!?', 'qwrtpsdf', 'zzzz', 'qq', 'Ssss', 'aaa kkk'])('"%s" finds nothing', (query) => {
    expect(search(query)).toEqual([])
  })

  test('a word that is being typed keeps finding, also when its first letters are one sound', () => {
    for (const query of ['c', 'ch', 'cho', 'k', 'kopi ss'])
      expect(search(query).length, query).toBeGreaterThan(0)
  })

  test('every item is found by its full name in either language', () => {
    for (const item of menu.items) {
      expect(search(item.name.id).slice(0, 3), item.id).toContain(item.id)
      expect(search(item.name.en).slice(0, 3), item.id).toContain(item.id)
    }
  })

  test('any text at all is answered with items of the menu, each once', () => {
    const ids = new Set(menu.items.map((item) => item.id))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
        const found = search(query)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every((id) => ids.has(id))).toBe(true)
      }),
    )
  })

  test('what stands beyond sixty characters is not read', () => {
    expect(search(`${' '.repeat(60)}cappuccino`)).toEqual([])
  })

  test.each([
    ['cappuccino', 'kapukino'],
    ['Caffè', 'kafe'],
    ['matcha', 'maka'],
    ['soerabaja', 'surabaja'],
  ])('%s sounds like %s', (word, sound) => expect(soundOf(word)).toBe(sound))
})
