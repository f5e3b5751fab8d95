// Search over one menu, on the phone, in both languages. People type as they speak and without care:
// words are folded to how they sound ("capucino", "kapucino"), may be cut short ("pisang gor"), mistyped
// ("americno"), run together ("nasigoreng") or contracted, as Indonesians do ("kopsus", "nasgor", "kosu").
// What is not sold finds nothing: only names forgive a slip, and descriptions are taken at their word.
import MiniSearch, { type Query, type SearchResult } from 'minisearch'
import type { Item, Menu } from './menu.ts'
import {
  isOneSoundRepeated,
  isSlipOf,
  soundOf,
  soundsWhileTyped,
  spellingOf,
  withoutRepeats,
} from './sound.ts'

const MAX_QUERY = 60

/** Words that carry a wish but no taste; a query of nothing else is taken literally. */
const FILLERS = new Set(
  'yang yg dan paling mau pesan beli ada dong deh sih nih ya kak bang mas mbak min aku saya tolong enak banget satu dua pakai pake the and with a of i want would like can have get me one two please some'.split(
    ' ',
  ),
)

/** How people ask for what the data says; each in both languages. */
const TRAITS: Readonly<Record<string, string>> = {
  vegetarian: 'vegetarian',
  vegan: 'vegan nabati plant based',
  'no-caffeine': 'tanpa kafein no caffeine free',
  'no-sugar': 'tanpa gula no sugar free',
  favourite: 'favorit favourite laris terlaris bestseller rekomendasi',
  new: 'baru new',
  spicy: 'pedas spicy',
  seasonal: 'musiman seasonal',
}
const DRUNK_FROM: readonly string[] = ['glass', 'cup', 'bottle']

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '')
}

/** "Es Kopi Susu": eskopi, eskopisusu, kopisusu. */
function runTogether(name: string): string[] {
  const words = wordsOf(name)
  return [words.join(''), ...words.slice(1).map((second, place) => words[place] + second)]
}

/** "Es Kopi Susu": kosu, kopsu, kosus, kopsus for each pair of words. */
function contractions(name: string): string[] {
  const words = wordsOf(name).map((word) => word.toLowerCase())
  return words.slice(1).flatMap((second, place) => {
    const first = words[place] ?? ''
    return [2, 3].flatMap((head) => [2, 3].map((tail) => first.slice(0, head) + second.slice(0, tail)))
  })
}

type Entry = {
  readonly id: string
  readonly name: string
  readonly joined: string
  readonly short: string
  readonly words: string
  readonly category: string
  readonly traits: string
  readonly options: string
  readonly about: string
}

type Field = Exclude<keyof Entry, 'id'>
const NAMES: readonly Field[] = ['name', 'words', 'category']
const SLIPS: readonly Field[] = [...NAMES, 'joined', 'traits']
const BEGUN: readonly Field[] = [...SLIPS, 'options']
/** Search words may hold slips of names, and a description may mention anything. */
const SURE = new Set(['name', 'category', 'traits', 'options'])

type SoldMenu = Pick<Menu, 'categories' | 'groups' | 'items'>

function entriesOf({ categories, groups, items }: SoldMenu): Entry[] {
  const both = ({ id, en }: Item['name']) => `${id} ${en}`
  const categoryById = new Map(categories.map(({ id, name }) => [id, both(name)]))
  // "Tanpa gula" and "not spicy" can be asked for nearly everywhere: of that the traits alone speak.
  const ofTraits = new Set(wordsOf(Object.values(TRAITS).join(' ')))
  const optionsById = new Map(
    groups.map(({ id, options }) => {
      const words = wordsOf(options.map(({ name }) => both(name).toLowerCase()).join(' '))
      return [id, words.filter((word) => !ofTraits.has(word)).join(' ')]
    }),
  )
  const named = new Set(items.flatMap(({ name }) => wordsOf(both(name).toLowerCase())))
  return items.map((item) => ({
    id: item.id,
    name: both(item.name),
    joined: [item.name.id, item.name.en, item.searchWords].flatMap(runTogether).join(' '),
    // "Kolak Pisang" would be kopi.
    short: [...new Set(contractions(item.name.id))].filter((word) => !named.has(word)).join(' '),
    words: item.searchWords,
    category: categoryById.get(item.categoryId) ?? '',
    traits: [
      DRUNK_FROM.includes(item.picture.kind) ? 'minuman drinks' : 'makanan food',
      ...[...item.diets, ...item.badges].map((trait) => TRAITS[trait] ?? ''),
    ].join(' '),
    options: item.groupIds.map((id) => optionsById.get(id) ?? '').join(' '),
    about: both(item.description),
  }))
}

/** The index, how the words behind each of its sounds are spelled, and which sounds are names. */
function indexOf(menu: SoldMenu) {
  const spellings = new Map<string, Set<string>>()
  const sure = new Set<string>()
  const index = new MiniSearch<Entry>({
    fields: [...BEGUN, 'short', 'about'],
    tokenize: wordsOf,
    processTerm: (word, field) => {
      // A letter left over ("Medan's") says nothing; while typing it is the start of a word.
      if (/^\p{L}$/u.test(word)) return null
      const sounds = soundsWhileTyped(word)
      for (const sound of sounds) {
        if (field && SURE.has(field)) sure.add(sound)
        spellings.set(sound, (spellings.get(sound) ?? new Set()).add(spellingOf(word)))
      }
      return sounds
    },
    searchOptions: {
      boost: { name: 4, short: 2, joined: 2, words: 3, category: 1.5, traits: 1, options: 0.3, about: 0.6 },
      processTerm: soundOf,
      weights: { prefix: 0.5, fuzzy: 0.3 },
      // A long name is no worse than a short one: what holds a word equally often stays in the menu's order.
      bm25: { k: 1.2, b: 0, d: 0.5 },
    },
  })
  index.addAll(entriesOf(menu))
  return { index, spellings, sure }
}

/**
 * Prepares the search; returns a function from what was typed (cut at 60 characters) to item ids, best
 * first, none for an empty query. Items that hold every word come alone; when none does, those that hold
 * more than half of them.
 */
export function createMenuSearch(menu: SoldMenu): (query: string) => readonly string[] {
  const { index, spellings, sure } = indexOf(menu)

  /** A short beginning has to be spelled as the word is: "pizza" sounds like the start of "pisang", "beer" like that of "Berastagi". */
  function begins(typed: string, sound: string): boolean {
    const start = spellingOf(typed)
    if (soundOf(typed).length > 4) return true
    return [...(spellings.get(sound) ?? [])].some(
      (spelling) => spelling.startsWith(start) || withoutRepeats(spelling).startsWith(start),
    )
  }

  function literally(word: string, isName: boolean): Query {
    const { length } = word
    const begun = isName ? SLIPS : BEGUN
    const fields = length < 3 ? [...NAMES] : length < 4 ? [...begun] : [...begun, 'short']
    const boostDocument = (_id: unknown, sound: string) => (begins(word, sound) ? 1 : 0)
    return { combineWith: 'OR', queries: [word, { queries: [word], prefix: true, fields, boostDocument }] }
  }

  function withSlips(word: string): Query {
    const typed = soundOf(word)
    const boostDocument = (_id: unknown, sound: string) => (isSlipOf(typed, sound) ? 1 : 0)
    // The index counts two neighbours that are swapped as two.
    const fuzzy = typed.length < 9 ? 2 : 3
    return { queries: [word], fuzzy, fields: [...SLIPS], boostDocument }
  }

  /** A word that is a name as it was typed is no slip of another, nor begun to choose something: "tempe", "temperature". */
  function queryOf(word: string): Query {
    const isName = sure.has(soundOf(word))
    const literal = literally(word, isName)
    if (isName) return literal
    return { combineWith: 'OR', queries: [literal, withSlips(word)] }
  }

  function find(words: readonly string[]): readonly SearchResult[] {
    const queries = words.map(queryOf)
    const all = index.search({ combineWith: 'AND', queries })
    if (all.length > 0 || words.length < 2) return all
    // "cap puccino", "kopi ssu".
    const joined = index.search(queryOf(words.join('')))
    if (joined.length > 0) return joined
    const some = index.search({ combineWith: 'OR', queries })
    return some.filter(({ queryTerms }) => queryTerms.length * 2 > words.length)
  }

  return (query) => {
    const words = wordsOf(query.slice(0, MAX_QUERY))
    const telling = words.filter((word) => !FILLERS.has(word.toLowerCase()))
    const meant = (telling.length > 0 ? telling : words).filter((word) => !isOneSoundRepeated(word))
    const bySound = new Map(meant.map((word) => [soundOf(word), word]))
    return find([...bySound.values()]).map(({ id }) => String(id))
  }
}
