import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

/** A tap ends with its click, a moment after the finger has left. */
const AFTER_TAP_MS = 80
/** A pointer whose end the browser forgot must not freeze the board. */
const LONGEST_PRESS_MS = 4000

const isPressed = shallowRef(false)
let timer: number | undefined
let readers = 0

function press(): void {
  isPressed.value = true
  release(LONGEST_PRESS_MS)
}

function release(ms: number): void {
  window.clearTimeout(timer)
  timer = window.setTimeout(() => {
    isPressed.value = false
  }, ms)
}

const onRelease = () => release(AFTER_TAP_MS)

/** The value as it is, but unchanged while a pointer is down: nothing moves away under a finger. */
export function useSteady<Value>(wanted: () => Value): Readonly<ShallowRef<Value>> {
  const shown: ShallowRef<Value> = shallowRef(wanted())
  watch([wanted, isPressed], ([next, pressed]) => {
    if (!pressed) shown.value = next as Value
  })
  readers += 1
  if (readers === 1) {
    document.addEventListener('pointerdown', press, true)
    document.addEventListener('pointerup', onRelease, true)
    document.addEventListener('pointercancel', onRelease, true)
  }
  onScopeDispose(() => {
    readers -= 1
    if (readers > 0) return
    document.removeEventListener('pointerdown', press, true)
    document.removeEventListener('pointerup', onRelease, true)
    document.removeEventListener('pointercancel', onRelease, true)
  })
  return shown
}
