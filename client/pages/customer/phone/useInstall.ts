import { type Ref, readonly, ref, shallowRef } from 'vue'

/** Chromium's event, which no library of types knows. */
type InstallEvent = Event & { prompt(): Promise<unknown> }

const offer = shallowRef<InstallEvent | null>(null)
const isInstalled = ref(matchMedia('(display-mode: standalone)').matches)

function isInstallEvent(event: Event): event is InstallEvent {
  return 'prompt' in event
}

// Kept quiet: the browser's own banner would cover the menu of somebody who only wants a coffee.
window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  if (isInstallEvent(event)) offer.value = event
})
window.addEventListener('appinstalled', () => {
  isInstalled.value = true
})

const isIos = /iPhone|iPad|iPod/.test(navigator.userAgent)

export function useInstall(): {
  /** `ask`: the browser can ask; `explain`: only words help (iOS); `none`: installed, or impossible. */
  readonly way: () => 'ask' | 'explain' | 'none'
  readonly install: () => Promise<void>
  readonly isInstalled: Readonly<Ref<boolean>>
} {
  return {
    way: () => (isInstalled.value ? 'none' : offer.value ? 'ask' : isIos ? 'explain' : 'none'),
    async install() {
      await offer.value?.prompt()
      offer.value = null
    },
    isInstalled: readonly(isInstalled),
  }
}
