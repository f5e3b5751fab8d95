import { onScopeDispose, type Ref, readonly, ref } from 'vue'

/** The whole page without the browser's bars. An iPhone has no such mode for pages: hide the button when unsupported. */
export function useFullscreen(): {
  readonly isSupported: boolean
  readonly isFullscreen: Readonly<Ref<boolean>>
  readonly toggleFullscreen: () => Promise<boolean>
} {
  const isSupported = document.fullscreenEnabled === true
  const isFullscreen = ref(document.fullscreenElement != null)

  function follow(): void {
    isFullscreen.value = document.fullscreenElement != null
  }

  /** Answers whether the browser did it; it refuses outside a tap. */
  async function toggleFullscreen(): Promise<boolean> {
    try {
      if (isFullscreen.value) await document.exitFullscreen()
      else await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
      return true
    } catch {
      return false
    }
  }

  document.addEventListener('fullscreenchange', follow)
  onScopeDispose(() => document.removeEventListener('fullscreenchange', follow))
  return { isSupported, isFullscreen: readonly(isFullscreen), toggleFullscreen }
}
