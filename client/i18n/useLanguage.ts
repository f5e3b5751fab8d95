import { type ComputedRef, computed, type Ref, readonly, ref, shallowRef } from 'vue'
import { readSetting, writeSetting } from '../ui/device/device-settings.ts'

/** The two languages of the app. Indonesian is the source and always loaded; English comes on demand. */
export type Language = 'id' | 'en'

const storageKey = 'meja.language'
const language = ref<Language>(preferredLanguage())
const loaders = new Set<() => Promise<void>>()
document.documentElement.lang = language.value

export function useLanguage(): {
  readonly language: Readonly<Ref<Language>>
  readonly setLanguage: (next: Language) => Promise<void>
} {
  return { language: readonly(language), setLanguage }
}

/**
 * Waited for before the first mount, after the first page's code is here, so that an English phone never flashes
 * Indonesian. When English cannot be fetched the app speaks Indonesian this time: words beat an empty screen.
 */
export async function loadWords(): Promise<void> {
  if (language.value === 'id') return
  try {
    await loadEnglish()
  } catch {
    speak('id')
  }
}

/** All words turn at once. Throws, and the language stays, when the words cannot be fetched. */
async function setLanguage(next: Language): Promise<void> {
  if (next === 'en') await loadEnglish()
  speak(next)
  writeSetting(storageKey, next)
}

function speak(next: Language): void {
  language.value = next
  document.documentElement.lang = next
}

async function loadEnglish(): Promise<void> {
  await Promise.all([...loaders].map((load) => load()))
}

/** Makes the `useWords` of one dictionary. English falls back to Indonesian while it is on its way. */
export function createWords<Words>(
  indonesian: Words,
  importEnglish: () => Promise<Words>,
): () => ComputedRef<Words> {
  const english = shallowRef<Words>()
  const words = computed(() => (language.value === 'en' ? (english.value ?? indonesian) : indonesian))
  const load = async () => {
    english.value ??= await importEnglish()
  }
  loaders.add(load)
  // A page that brings its own dictionary later starts fetching at once; until then, or without signal, it speaks Indonesian.
  if (language.value === 'en') void load().catch(() => undefined)
  return () => words
}

function preferredLanguage(): Language {
  const stored = readSetting(storageKey)
  if (stored === 'id' || stored === 'en') return stored
  const known = navigator.languages.find((tag) => /^(id|in|ms|jv|su|en)\b/i.test(tag))
  return known?.toLowerCase().startsWith('en') ? 'en' : 'id'
}
