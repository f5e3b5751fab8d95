import { onScopeDispose, type Ref, readonly, ref } from 'vue'

const tickMs = 1_000
const nowMs = ref(Date.now())
let readers = 0
let timer: number | undefined

/** One clock for the whole page, so that a hundred ages change in the same second. It rests while nobody looks. */
export function useNow(): Readonly<Ref<number>> {
  readers += 1
  if (readers === 1) {
    document.addEventListener('visibilitychange', followVisibility)
    followVisibility()
  }
  onScopeDispose(() => {
    readers -= 1
    if (readers > 0) return
    document.removeEventListener('visibilitychange', followVisibility)
    stop()
  })
  return readonly(nowMs)
}

function followVisibility(): void {
  stop()
  if (document.visibilityState === 'hidden') return
  tick()
  timer = window.setInterval(tick, tickMs)
}

function tick(): void {
  nowMs.value = Date.now()
}

function stop(): void {
  window.clearInterval(timer)
  timer = undefined
}
