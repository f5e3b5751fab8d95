import { readonly, ref } from 'vue'

export type Connection = 'connecting' | 'live' | 'offline'

const connection = ref<Connection>('connecting')
let channel: BroadcastChannel | null = null
let isLeading = false

/** What this app knows of the connection to the server, in whichever of its tabs the feed runs. */
export const connectionState = readonly(connection)

/** Shares what is known with the app's other tabs; `name` tells the customer's app from the staff's. */
export function shareConnection(name: string): void {
  if (channel || typeof BroadcastChannel === 'undefined') return
  channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<Connection | 'ask'>) => {
    if (data === 'ask') tellOthers()
    else if (!isLeading) connection.value = data
  })
  channel.postMessage('ask')
}

function tellOthers(): void {
  if (isLeading) channel?.postMessage(connection.value)
}

/** Said by the tab that runs the feed, from then on. */
export function setConnection(state: Connection): void {
  isLeading = true
  connection.value = state
  tellOthers()
}
