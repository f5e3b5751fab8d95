/** One server-sent event, its data parsed. */
export type FeedEvent = { readonly type: string; readonly data: unknown }

function parse(block: string): FeedEvent | null {
  let type = 'message'
  let data = ''
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) type = line.slice(7)
    else if (line.startsWith('data: ')) data += line.slice(6)
  }
  if (data === '') return null
  return { type, data: JSON.parse(data) }
}

/**
 * The events of a body, in batches as they arrive, so that a long past is stored in few transactions.
 * Half an event at the end is dropped: it comes again after the cursor.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<FeedEvent[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      const events = blocks.map(parse).filter((event) => event !== null)
      if (events.length > 0) yield events
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
