import { onScopeDispose } from 'vue'
import { useSound } from '../../ui/device/useSound.ts'

/** Any tap or key lets the board ring: the first after opening, and the next after a call has taken the sound away. */
export function useSoundOnTap(): void {
  const { isUnlocked, unlockSound } = useSound()
  const ears = new AbortController()
  const onTap = () => {
    if (!isUnlocked.value) void unlockSound()
  }
  // Where nothing is to be clicked, Safari tells of the touch alone.
  for (const type of ['click', 'touchend', 'keydown']) {
    document.addEventListener(type, onTap, { capture: true, passive: true, signal: ears.signal })
  }
  onScopeDispose(() => ears.abort())
}
