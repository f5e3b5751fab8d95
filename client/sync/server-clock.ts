import { readonly, ref } from 'vue'

/** Phones' clocks are wrong by minutes or years; the server's time comes with every beat of the feed. */
const offsetMs = ref(0)

export const clockOffsetMs = readonly(offsetMs)

export function learnServerTime(serverNowMs: number): void {
  offsetMs.value = serverNowMs - Date.now()
}

/** For a tab that hears no beat itself: the offset that the tab with the feed has found. */
export function adoptClockOffset(knownMs: number): void {
  offsetMs.value = knownMs
}

/** The server's time now, as well as this device can tell, in epoch milliseconds. */
export function serverNowMs(): number {
  return Date.now() + offsetMs.value
}
