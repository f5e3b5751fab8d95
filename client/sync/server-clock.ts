import { readonly, ref } from 'vue'

/** Phones' clocks are wrong by minutes or years; the server's time comes with every beat of the feed. */
const offsetMs = ref(0)

export const clockOffsetMs = readonly(offsetMs)

export function learnServerTime(serverNowMs: number): void {
  offsetMs.value = serverNowMs - Date.now()
}

/** The server's time now, as well as this device can tell, in epoch milliseconds. */
export function serverNowMs(): number {
  return Date.now() + offsetMs.value
}
