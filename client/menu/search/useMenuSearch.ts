import { type ComputedRef, computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { Item, Menu } from '#shared/menu/menu.ts'

type Search = (query: string) => readonly string[]

/** Search of the menu. Its code and index are made at the first focus, and anew when the menu changes. */
export function useMenuSearch(menu: () => Menu | null): {
  readonly query: Ref<string>
  readonly wake: () => Promise<void>
  /** Null while nothing is searched for, or while the search is still being prepared. */
  readonly results: ComputedRef<readonly Item[] | null>
  readonly hasFailed: Readonly<Ref<boolean>>
} {
  const query = ref('')
  const search = shallowRef<Search | null>(null)
  const hasFailed = ref(false)
  let isAwake = false

  async function wake(): Promise<void> {
    isAwake = true
    const current = menu()
    if (search.value || !current) return
    try {
      const { createMenuSearch } = await import('#shared/menu/search.ts')
      search.value = createMenuSearch(current)
      hasFailed.value = false
    } catch {
      // Without signal and before the worker has stored it: said beside the field, tried again at the next letter.
      hasFailed.value = true
    }
  }
  watch(menu, () => {
    search.value = null
    if (isAwake) void wake()
  })
  watch(query, () => void wake())

  const results = computed(() => {
    const current = menu()
    if (query.value.trim() === '' || !search.value || !current) return null
    const byId = new Map(current.items.map((item) => [item.id, item]))
    return search.value(query.value).flatMap((id) => byId.get(id) ?? [])
  })
  return { query, wake, results, hasFailed }
}
