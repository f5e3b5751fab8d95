import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from 'vue'
import { getJson } from '../../../sync/api.ts'
import type { DayBooks, DayPromises } from './day-books.ts'

/** After asking the providers, their answers are read after these pauses. */
const ANSWERS_AFTER_MS = [1500, 3000, 6000, 12_000]

/** The books of one day of an outlet; `day` is empty until one is chosen. */
export function useDayBooks(outletId: () => string): {
  readonly day: Ref<string>
  readonly books: ShallowRef<DayBooks | null>
  readonly promises: ShallowRef<DayPromises | null>
  /** The server did not answer. */
  readonly isSilent: Ref<boolean>
  readonly read: () => Promise<void>
  readonly open: (of: string) => Promise<void>
  readonly followAnswers: () => void
} {
  const day = ref('')
  const books = shallowRef<DayBooks | null>(null)
  const promises = shallowRef<DayPromises | null>(null)
  const isSilent = ref(false)
  let timers: number[] = []

  async function read(): Promise<void> {
    const wanted = day.value
    if (wanted === '') return
    isSilent.value = false
    const { body } = await getJson<DayBooks>(`/api/desk/${outletId()}/days/${wanted}`)
    if (day.value !== wanted) return
    isSilent.value = body === null
    if (body) books.value = body
    const { body: kept } = await getJson<DayPromises>(`/api/desk/${outletId()}/promises/${wanted}`)
    if (day.value === wanted) promises.value = kept
  }

  function stop(): void {
    for (const timer of timers) window.clearTimeout(timer)
    timers = []
  }

  async function open(of: string): Promise<void> {
    stop()
    day.value = of
    books.value = null
    promises.value = null
    await read()
  }

  function followAnswers(): void {
    stop()
    timers = ANSWERS_AFTER_MS.map((afterMs) => window.setTimeout(() => void read(), afterMs))
  }

  onScopeDispose(stop)
  return { day, books, promises, isSilent, read, open, followAnswers }
}
