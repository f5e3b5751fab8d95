import { readonly, ref } from 'vue'

/** Phones' clocks are wrong by minutes or years; the server's time comes with every beat of the feed. */
const offsetMs = ref(0)

const isKnown = ref(false)

export const clockOffsetMs = readonly(offsetMs)
/** False until the server was heard: this device's own clock may then be wrong by years. */
export const isClockKnown = readonly(isKnown)

export function learnServerTime(serverNowMs: number): void {
  offsetMs.value = serverNowMs - Date.now()
  isKnown.value = true
}

/** For a tab that hears no beat itself: the offset that the tab with the feed has found. */
export function adoptClockOffset(knownMs: number): void {
  offsetMs.value = knownMs
  // Nought is what a tab says that has not heard the server itself.
  if (knownMs !== 0) isKnown.value = true
}

/** The server's time now, as well as this device can tell, in epoch milliseconds. */
export function serverNowMs(): number {
  return Date.now() + offsetMs.value
}
