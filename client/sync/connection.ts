import { readonly, ref } from 'vue'
import { adoptClockOffset, clockOffsetMs } from './server-clock.ts'
import { onKeeping, type StorageTrouble } from './storage-trouble.ts'

export type Connection = 'connecting' | 'live' | 'offline'

const connection = ref<Connection>('connecting')
const trouble = ref<StorageTrouble | null>(null)
/** What the tab that runs the feed tells the others: the connection, and how wrong this device's clock is. */
type Told = {
  readonly state: Connection
  readonly offsetMs: number
  readonly trouble?: StorageTrouble | null
}

let channel: BroadcastChannel | null = null
let isLeading = false

/** What this app knows of the connection to the server, in whichever of its tabs the feed runs. */
export const connectionState = readonly(connection)
/** Why what the server says cannot be kept on this device, or null: then the network is not to blame. */
export const storageTrouble = readonly(trouble)

/** Shares what is known with the app's other tabs; `name` tells the customer's app from the staff's. */
export function shareConnection(name: string): void {
  if (channel || typeof BroadcastChannel === 'undefined') return
  channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<Told | 'ask'>) => {
    if (data === 'ask') tellOthers()
    // A tab of an earlier version told its state alone.
    else if (!isLeading && typeof data === 'object') {
      connection.value = data.state
      adoptClockOffset(data.offsetMs)
      trouble.value = data.trouble ?? null
    }
  })
  channel.postMessage('ask')
}

/** Tells the app's other tabs what this one, which runs the feed, knows. */
export function tellOthers(): void {
  const told: Told = {
    state: connection.value,
    offsetMs: clockOffsetMs.value,
    trouble: trouble.value,
  }
  if (isLeading) channel?.postMessage(told)
}

/** Said by the tab that runs the feed, from then on. */
export function setConnection(state: Connection): void {
  isLeading = true
  connection.value = state
  tellOthers()
}

/** Said by the tab that no longer runs the feed: from now on it believes the one that does. */
export function leaveConnection(): void {
  isLeading = false
  channel?.postMessage('ask')
}

onKeeping((found) => {
  if (trouble.value === found) return
  trouble.value = found
  tellOthers()
})
