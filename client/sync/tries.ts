import { readonly, ref } from 'vue'

const nextTry = ref<number | null>(null)
let channel: BroadcastChannel | null = null
/** True in the tab that sends: it knows, the others are told. */
let isSending = false

/** When, by this device's clock, what could not be sent is tried again; null while it is tried or nothing waits. */
export const nextTryAtMs = readonly(nextTry)

/** Shares it with the app's other tabs; `name` tells the customer's app from the staff's. */
export function shareTries(name: string): void {
  if (channel || typeof BroadcastChannel === 'undefined') return
  channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<number | null | 'ask'>) => {
    if (data !== 'ask') nextTry.value = data
    else if (isSending) channel?.postMessage(nextTry.value)
  })
  channel.postMessage('ask')
}

/** Said by the tab that sends from now on. */
export function takeTries(): void {
  isSending = true
}

/** Said by the sender, which may run in another tab than the one that shows it. Of one that was robbed it counts no more. */
export function tellNextTry(atMs: number | null): void {
  if (!isSending || nextTry.value === atMs) return
  nextTry.value = atMs
  channel?.postMessage(atMs)
}

/** Said by a tab that no longer sends: from now on it believes the one that does. */
export function leaveTries(): void {
  isSending = false
}
