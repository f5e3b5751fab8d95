import { onBeforeUnmount, onMounted } from 'vue'
import { type Burst, wedgeStep } from './wedge.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

/**
 * Hears a hand scanner wherever the focus is. Every key goes where it would go anyway; once it was a code,
 * the field that happened to have the focus gets back what it held before, and its Enter presses nothing.
 */
export function useHandScanner(onCode: (text: string) => void, isPaused: () => boolean): void {
  let burst: Burst | null = null
  let heldBefore: { readonly field: Field; readonly value: string } | null = null

  function restore(): void {
    if (!heldBefore) return
    heldBefore.field.value = heldBefore.value
    heldBefore.field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function onKey(event: KeyboardEvent): void {
    if (isPaused() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
      burst = null
      return
    }
    const step = wedgeStep(burst, { key: event.key, atMs: event.timeStamp })
    burst = step.kind === 'began' || step.kind === 'grew' ? step.burst : null
    if (step.kind === 'began') {
      heldBefore = isField(event.target) ? { field: event.target, value: event.target.value } : null
    }
    if (step.kind !== 'scanned') return
    event.preventDefault()
    event.stopImmediatePropagation()
    restore()
    onCode(step.text)
  }

  // First of all listeners, so that a code's Enter reaches no button.
  onMounted(() => document.addEventListener('keydown', onKey, true))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey, true))
}
