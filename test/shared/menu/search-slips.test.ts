import { describe, expect, test } from 'vitest'
import type { Item } from '#shared/menu/menu.ts'
import { createMenuSearch } from '#shared/menu/search.ts'
import { demoMenu } from './demo-menu.ts'

const menu = demoMenu()
const search = createMenuSearch(menu)

/** How thumbs and ears write what the shop sells. */
const SLIPS: Readonly<Record<string, readonly string[]>> = {
  'es-kopi-susu-aren': ['es kopi susu arenn', 'kopi gula aern', 'iced palm suger milk coffee'],
  'es-kopi-susu-titik-koma': ['titik kmoa', 'house iced milk cofee'],
  'es-kopi-pandan': ['kopi pandn', 'pandam'],
  'es-kopi-klepon': ['kleppon', 'klepn'],
  'kopi-susu-panas': ['kopi ssu panas', 'hot milk cofee'],
  'es-kopi-durian': ['kopi duiran', 'durien'],
  espresso: ['espreso', 'espersso'],
  americano: ['ameriacno', 'amricano'],
  cappuccino: ['capucinno', 'cappucino', 'kapuchino', 'cap puccino'],
  'caffe-latte': ['latte', 'lattte', 'cafe latte'],
  'flat-white': ['flat wite', 'flatwhit'],
  'caramel-macchiato': ['caramel machiatto', 'caramell macciato'],
  mocha: ['mokka', 'mocca', 'mcha', 'mohca'],
  affogato: ['affogatto', 'afogatto'],
  'es-kopi-lemon': ['kopi lemmon'],
  'manual-gayo': ['gayoo', 'manual gyao'],
  'manual-sidikalang': ['sidikalng', 'sidiklang'],
  'manual-mandailing': ['mandailng'],
  'manual-lintong': ['lintonk'],
  'kopi-tubruk': ['kopi tubruck', 'kopi tubrk', 'kpi', 'kppi tubruk'],
  'vietnam-drip': ['vietnm drip', 'vietnamesse'],
  'cold-brew': ['cold brw', 'colbrew'],
  'cokelat-aceh': ['coklat ace', 'coklatt aceh', 'choclate'],
  'cokelat-hazelnut': ['hazelnutt', 'hazlenut'],
  'matcha-latte': ['matca', 'macha latte'],
  'matcha-espresso': ['mathca espresso'],
  'taro-latte': ['taro late'],
  'susu-regal': ['susu regaal'],
  'teh-manis': ['teh manes', 'teh mnais', 'tehmanis', 'esteh'],
  'es-teh-lemon': ['lemn tea'],
  'teh-tarik': ['teh tarikk', 'teh trik', 'puled tea'],
  'teh-leci': ['es teh lecy', 'lyche tea', 'lci', 'icetea'],
  'wedang-jahe': ['wedang jhae', 'wedhang jahe', 'jhe'],
  'jus-martabe': ['jus martbe'],
  'jus-alpukat': ['jus alpokat', 'avocadoo juice', 'avokado'],
  'jus-jeruk': ['jus jerk', 'jsu jeruk', 'juss jeruk', 'orenge juice'],
  'es-markisa-soda': ['markissa soda', 'pasion fruit'],
  'es-timun-serut': ['timun srut', 'cucumbr'],
  'es-kurma-susu': ['es krma susu'],
  'kolak-pisang': ['kolak pisnag'],
  'paket-bukber': ['paket buker'],
  'lontong-sayur': ['lontong syaur', 'lonthong', 'pedes', 'pdas'],
  'bubur-ayam': ['bubr ayam', 'porrige'],
  'roti-telur-setengah': ['roti telor'],
  'nasi-goreng-kampung': ['nasi gorng', 'nasi goreng kampng'],
  'nasi-goreng-sayur': ['nasi goreng sayr', 'vegetble fried rice'],
  'nasi-ayam-sambal-andaliman': ['ayam andalimn'],
  'mie-gomak': ['mie gomk', 'batak nodle'],
  'mie-goreng-jawa': ['mie gorng jawa'],
  'pisang-goreng': ['pisang gorengg', 'psang goreng'],
  'kentang-goreng': ['kentan goreng', 'kenatng', 'frech fries'],
  'tahu-cabai-garam': ['tahu cabe garam', 'tofo'],
  'tempe-mendoan': ['tempe mendoann', 'tempe mendwan'],
  'dimsum-ayam': ['dimsm ayam', 'dim sum'],
  'roti-bakar': ['roti bkar', 'bandng toast'],
  'croissant-mentega': ['croisant', 'kroisan mentega', 'buter croissant'],
  'croissant-almond': ['croissant almnd'],
  'cinnamon-roll': ['cinamon roll', 'cinnamon rol'],
  'bika-ambon': ['bika ambn', 'bikambon'],
  'basque-cheesecake': ['chese cake', 'cheescake'],
  'brownies-sidikalang': ['browniees', 'brwonies'],
  'kopi-susu-aren-liter': ['kopi susu aren 1 litter'],
  'kopi-susu-liter': ['kopi susu titik koma liter'],
  'cold-brew-liter': ['cold brew 1 litre'],
  'teh-melati-liter': ['teh melatti', 'jasmin tea'],
}

/** Words of which nothing on the menu says a thing, and keys struck at random. */
const NOT_SOLD = `
pizza burger beer bir sushi ramen udon gyoza takoyaki tempura whisky wine vodka rum tequila soju cola fanta sprite milo
yakult steak spaghetti lasagna carbonara risotto paella tacos burrito nachos kebab shawarma falafel hummus pho kimchi bulgogi
bakso rendang sate satay soto sop rawon gudeg pempek martabak ketoprak pecel seblak cilok batagor cireng gulai opor kari cendol dawet
donat donut pancake waffle pudding tiramisu gelato macaron churros hotdog sandwich salad popcorn mangga semangka melon
stroberi salmon tuna lobster kepiting babi rokok wifi password toilet parkir sepatu iphone hello test 12345
koper kukis later kolam arena kopiah kopling rotan pisau jahit lecet tarot gayung sabun jagung bakpia risol bebek anggur bagel scone
qwerty asdf asdfghjkl fghjkl zzzzqq xyz poiuy mnbvcx abcdef wkwkwk hahaha lorem ipsum
`
  .split(/\s+/)
  .filter((word) => word !== '')
/** One word is sold, and the whole is not. */
const NOT_SOLD_AS_SUCH = [
  'nasi padang',
  'nasi uduk',
  'coca cola',
  'red bull',
  'jus mangga',
  'kopi luwak',
  'es campur',
  'es teler',
  'pad thai',
  'gado-gado',
  'roti cane',
]

describe('typing slips of what is sold are forgiven', () => {
  test.each(Object.entries(SLIPS))('%s is among the first three for each of its slips', (id, queries) => {
    for (const query of queries) expect(search(query).slice(0, 3), query).toContain(id)
  })

  test('the table has slips of everything on the menu', () => {
    expect(Object.keys(SLIPS).sort()).toEqual(menu.items.map((item) => item.id).sort())
  })

  test('something is found at every letter of a name that is being typed', () => {
    for (const name of menu.items.flatMap((item) => [item.name.id, item.name.en])) {
      for (let length = 1; length <= name.length; length += 1) {
        expect(search(name.slice(0, length)).length, name.slice(0, length)).toBeGreaterThan(0)
      }
    }
  })
})

describe('what is not sold finds nothing', () => {
  test.each([...NOT_SOLD, ...NOT_SOLD_AS_SUCH])('"%s"', (query) => expect(search(query)).toEqual([]))

  test('a word that only sounds like the beginning of another does not', () => {
    expect(search('pizz')).toEqual([])
    expect(search('pis')).toContain('pisang-goreng')
    expect(search('berast')).toEqual(['jus-jeruk'])
  })
})

describe('a word that stands on the menu finds what it stands for, and no more', () => {
  test.each([
    ['kentang', ['kentang-goreng']],
    ['mocha', ['mocha']],
    ['nangka', ['lontong-sayur']],
    ['tempe', ['tempe-mendoan']],
  ])('"%s" finds %s alone', (query, ids) => expect(search(query)).toEqual(ids))

  test('the first of several is the one that is called so', () => {
    for (const [query, id] of [
      ['latte', 'caffe-latte'],
      ['espresso', 'espresso'],
      ['matcha', 'matcha-latte'],
      ['teh', 'teh-manis'],
      ['cold brew', 'cold-brew'],
    ] as const)
      expect(search(query)[0], query).toBe(id)
  })

  test('a choice is found with the drinks that it can be had in', () => {
    const boba = menu.items.filter((item) => item.groupIds.includes('topping')).map((item) => item.id)
    expect([...search('boba')].sort()).toEqual(boba.sort())
    expect(search('latte oat')[0]).toBe('caffe-latte')
    expect(search('latte panas')[0]).toBe('caffe-latte')
  })

  test('what is drunk and what is eaten are found by those words, and so is what is liked best', () => {
    const isDrunk = ({ picture }: Item) => ['glass', 'cup', 'bottle'].includes(picture.kind)
    const found = (words: string) => [...search(words)].sort()
    const ids = (of: (item: Item) => boolean) =>
      menu.items
        .filter(of)
        .map(({ id }) => id)
        .sort()
    for (const words of ['minuman', 'minum', 'drinks']) expect(found(words), words).toEqual(ids(isDrunk))
    for (const words of ['makanan', 'mau makan', 'food'])
      expect(found(words), words).toEqual(ids((item) => !isDrunk(item)))
    const favourites = ids(({ badges }) => badges.includes('favourite'))
    for (const words of ['best seller', 'bestseller', 'terlaris', 'paling laris', 'favorite'])
      expect(found(words), words).toEqual(favourites)
  })

  test('that a thing can be had without sugar, or hot, does not make it sugar-free or spicy', () => {
    const byId = new Map(menu.items.map((item) => [item.id, item]))
    const free = menu.items.filter((item) => item.diets.includes('no-sugar'))
    for (const id of search('tanpa gula').slice(0, free.length)) {
      expect(byId.get(id)?.diets, id).toContain('no-sugar')
    }
    for (const id of search('pedas')) expect(byId.get(id)?.badges, id).toContain('spicy')
  })
})
