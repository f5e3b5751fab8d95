import { onMounted, type Ref, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { codeFromHash, outletFromHash, spelledCode } from './one-time-code.ts'

/**
 * The one-time code of the link that opened this page, also of one that is opened while it is shown. A code that was
 * read stays neither in the address nor in the history.
 */
export function useLinkedCode(onRead: () => void): {
  readonly code: Ref<string>
  /** The outlet's slug, when the link names one. */
  readonly linkedOutlet: Readonly<Ref<string>>
} {
  const route = useRoute()
  const code = ref('')
  const linkedOutlet = ref('')

  function readLink(): void {
    const linked = codeFromHash(location.hash)
    if (linked === '') return
    code.value = spelledCode(linked)
    linkedOutlet.value = outletFromHash(location.hash)
    onRead()
    history.replaceState(history.state, '', location.pathname)
  }
  onMounted(readLink)
  watch(() => route.hash, readLink)
  return { code, linkedOutlet }
}
