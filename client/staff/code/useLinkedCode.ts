import { onMounted, type Ref, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { type CodeDoor, keepCode, readCode } from './kept-code.ts'
import { codeFromHash, outletFromHash, spelledCode } from './one-time-code.ts'

/**
 * The one-time code of the link that opened this page, also of one that is opened while it is shown. A code that was
 * read stays neither in the address nor in the history; a reload finds it, or what was typed instead, until it is used.
 */
export function useLinkedCode(
  door: CodeDoor,
  onRead: () => void,
): {
  readonly code: Ref<string>
  /** The outlet's slug, when the link names one. */
  readonly linkedOutlet: Readonly<Ref<string>>
  readonly forgetCode: () => void
} {
  const route = useRoute()
  const kept = readCode(door)
  const code = ref(kept.code)
  const linkedOutlet = ref(kept.outlet)
  let isUsed = false

  function readLink(): void {
    const linked = codeFromHash(location.hash)
    if (linked === '') return
    code.value = spelledCode(linked)
    linkedOutlet.value = outletFromHash(location.hash)
    onRead()
    keep()
    history.replaceState(history.state, '', location.pathname)
  }

  function keep(): void {
    if (!isUsed) keepCode(door, { code: code.value, outlet: linkedOutlet.value })
  }

  function forgetCode(): void {
    isUsed = true
    keepCode(door, { code: '', outlet: '' })
  }

  onMounted(readLink)
  watch(() => route.hash, readLink)
  watch(code, keep)
  return { code, linkedOutlet, forgetCode }
}
