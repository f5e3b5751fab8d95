// Search over one menu, on the phone, in both languages. People type as they speak and without care:
// words are folded to how they sound ("capucino", "kapucino"), may be cut short ("pisang gor"), mistyped
// ("americno"), run together ("nasigoreng") or contracted, as Indonesians do ("kopsus", "nasgor", "kosu").
import MiniSearch from 'minisearch'
import type { Item, Menu } from './menu.ts'

const MAX_QUERY = 60

/** Words that carry a wish but no taste; a query of nothing else is taken literally. */
const FILLERS = new Set(
  'yang dan mau pesan beli ada dong kak min satu dua the and with a of pakai pake please some'.split(' '),
)

/** How people ask for what the data says; each in both languages. */
const TRAITS: Readonly<Record<string, string>> = {
  vegetarian: 'vegetarian',
  vegan: 'vegan nabati plant based',
  'no-caffeine': 'tanpa kafein no caffeine free',
  'no-sugar': 'tanpa gula no sugar free',
  favourite: 'favorit favourite laris best',
  new: 'baru new',
  spicy: 'pedas spicy',
  seasonal: 'musiman seasonal',
}

/** A word as it sounds: no accents, one letter for each sound of Indonesian and English spellings. */
export function soundOf(word: string): string {
  return soundsOf(word).replace(/(.)\1+/g, '$1')
}

/** As `soundOf`, before a sound that is repeated becomes one. */
function soundsOf(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/oe/g, 'u')
    .replace(/ph|v/g, 'f')
    .replace(/t?ch|ck|[cq]/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/z/g, 's')
    .replace(/y/g, 'i')
}

/** "zzzz" would be the letter s, which begins half the menu; "ch" is one letter only because it is one sound. */
function isOneSoundRepeated(word: string): boolean {
  return /^(\p{L})\1+$/u.test(soundsOf(word))
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '')
}

/** "Es Kopi Susu": eskopi, eskopisusu, kopisusu; and kosu, kopsu, kosus, kopsus for each pair of words. */
function contractions(name: string): string[] {
  const words = wordsOf(name).map((word) => word.toLowerCase())
  const result = [words.join('')]
  for (const [place, first] of words.entries()) {
    const second = words[place + 1]
    if (second === undefined) break
    result.push(first + second)
    for (const head of [2, 3]) {
      for (const tail of [2, 3]) result.push(first.slice(0, head) + second.slice(0, tail))
    }
  }
  return [...new Set(result)]
}

type Entry = {
  readonly id: string
  readonly name: string
  readonly short: string
  readonly words: string
  readonly category: string
  readonly traits: string
  readonly about: string
}

function entryOf(item: Item, categoryName: string): Entry {
  return {
    id: item.id,
    name: `${item.name.id} ${item.name.en}`,
    short: contractions(item.name.id).concat(contractions(item.name.en)).join(' '),
    words: item.searchWords,
    category: categoryName,
    traits: [...item.diets, ...item.badges].map((trait) => TRAITS[trait] ?? '').join(' '),
    about: `${item.description.id} ${item.description.en}`,
  }
}

/**
 * Prepares the search; returns a function from what was typed (cut at 60 characters) to item ids, best
 * first, none for an empty query. Items that hold every word come alone; only when none does, any word counts.
 */
export function createMenuSearch(
  menu: Pick<Menu, 'categories' | 'items'>,
): (query: string) => readonly string[] {
  const index = new MiniSearch<Entry>({
    fields: ['name', 'short', 'words', 'category', 'traits', 'about'],
    tokenize: wordsOf,
    // A letter left over ("Medan's") says nothing; while typing it is the start of a word.
    processTerm: (word) => (/^\p{L}$/u.test(word) ? null : soundOf(word)),
    searchOptions: {
      boost: { name: 4, short: 2, words: 3, category: 1.5, traits: 1, about: 0.6 },
      processTerm: (word) => (isOneSoundRepeated(word) ? null : soundOf(word)),
      prefix: (term, place, terms) => term.length > 1 || place === terms.length - 1,
      fuzzy: (term) => (term.length < 4 ? false : term.length < 6 ? 1 : 2),
      weights: { prefix: 0.5, fuzzy: 0.3 },
    },
  })
  const nameById = new Map(menu.categories.map(({ id, name }) => [id, `${name.id} ${name.en}`]))
  index.addAll(menu.items.map((item) => entryOf(item, nameById.get(item.categoryId) ?? '')))
  return (query) => {
    const words = wordsOf(query.slice(0, MAX_QUERY))
    const telling = words.filter((word) => !FILLERS.has(word.toLowerCase()))
    const text = (telling.length > 0 ? telling : words).join(' ')
    if (text === '') return []
    const all = index.search(text, { combineWith: 'AND' })
    const found = all.length > 0 ? all : index.search(text, { combineWith: 'OR' })
    return found.map((result) => String(result.id))
  }
}
