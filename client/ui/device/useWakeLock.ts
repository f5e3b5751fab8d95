import { onScopeDispose, type Ref, readonly, ref } from 'vue'

/** Keeps the screen lit while wanted. The browser drops the lock whenever the page is hidden, so it is asked again on return. */
export function useWakeLock(): {
  readonly isSupported: boolean
  readonly isHeld: Readonly<Ref<boolean>>
  readonly keepAwake: () => Promise<boolean>
  readonly letSleep: () => Promise<void>
} {
  const isSupported = 'wakeLock' in navigator
  const isHeld = ref(false)
  let isWanted = false
  let lock: WakeLockSentinel | null = null

  async function keepAwake(): Promise<boolean> {
    isWanted = true
    if (!isSupported || document.visibilityState === 'hidden') return false
    if (lock && !lock.released) return true
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      // Refused on low battery or by policy: `isHeld` says so, and the next return to the page asks again.
      isHeld.value = false
      return false
    }
    isHeld.value = true
    lock.addEventListener('release', () => {
      isHeld.value = false
    })
    return true
  }

  async function letSleep(): Promise<void> {
    isWanted = false
    await lock?.release()
    lock = null
  }

  function onReturn(): void {
    if (isWanted && document.visibilityState === 'visible') void keepAwake()
  }

  document.addEventListener('visibilitychange', onReturn)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onReturn)
    void letSleep()
  })
  return { isSupported, isHeld: readonly(isHeld), keepAwake, letSleep }
}
