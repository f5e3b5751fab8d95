import { readonly, ref } from 'vue'

const nextTry = ref<number | null>(null)
const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('meja-tries')
otherTabs?.addEventListener('message', ({ data }: MessageEvent<number | null>) => {
  nextTry.value = data
})

/** When, by this device's clock, what could not be sent is tried again; null while it is tried or nothing waits. */
export const nextTryAtMs = readonly(nextTry)

/** Said by the sender, which may run in another tab than the one that shows it. */
export function tellNextTry(atMs: number | null): void {
  if (nextTry.value === atMs) return
  nextTry.value = atMs
  otherTabs?.postMessage(atMs)
}
