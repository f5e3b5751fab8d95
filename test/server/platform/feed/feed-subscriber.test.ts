import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSubscriber } from '../../../../server/platform/feed/feed-subscriber.ts'

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of body) text += decoder.decode(part, { stream: true })
  return text
}

describe('a reader of the feed has an end to what waits for it', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('one that takes nothing is let go within half a minute', () => {
    const closed = vi.fn()
    const subscriber = createSubscriber(closed)
    subscriber.send('data: 1\n\n')
    vi.advanceTimersByTime(30_000)
    expect(subscriber.isClosed()).toBe(true)
    expect(closed).toHaveBeenCalledTimes(1)
  })

  test('one that reads hears a beat every fifteen seconds and stays', async () => {
    const subscriber = createSubscriber(() => {})
    const reader = subscriber.body.getReader()
    const decoder = new TextDecoder()
    for (let count = 0; count < 8; count++) {
      const part = reader.read()
      await vi.advanceTimersByTimeAsync(15_000)
      expect(decoder.decode((await part).value)).toContain('event: beat')
    }
    expect(subscriber.isClosed()).toBe(false)
    subscriber.close()
  })

  test('more than a thousand events, or a megabyte, that wait close it at once', () => {
    const many = createSubscriber(() => {})
    for (let count = 0; count < 999; count++) many.send('data: 1\n\n')
    expect(many.isClosed()).toBe(false)
    many.send('data: 1\n\n')
    many.send('data: 1\n\n')
    expect(many.isClosed()).toBe(true)
    const large = createSubscriber(() => {})
    large.send('x'.repeat(1024 * 1024))
    expect(large.isClosed()).toBe(true)
  })

  test('a record of more than a megabyte is read all the same, when nothing waits before it', async () => {
    const subscriber = createSubscriber(() => {})
    const reader = subscriber.body.getReader()
    await reader.read()
    const frame = `data: ${'x'.repeat(2 * 1024 * 1024)}\n\n`
    subscriber.send(frame)
    expect(subscriber.isClosed()).toBe(false)
    expect((await reader.read()).value?.byteLength).toBe(frame.length)
    subscriber.close()
  })

  test('what waited when the server stops is still delivered, then it ends', async () => {
    const subscriber = createSubscriber(() => {})
    subscriber.send('event: bye\ndata: {}\n\n')
    subscriber.finish()
    subscriber.send('data: too late\n\n')
    const text = await textOf(subscriber.body)
    expect(text).toContain('event: bye')
    expect(text).not.toContain('too late')
    expect(subscriber.isClosed()).toBe(true)
  })

  test('a change that was sent from the past is not sent again live, and none is skipped', async () => {
    const subscriber = createSubscriber(() => {})
    subscriber.beginCatchUp('desk', 3)
    subscriber.offer('desk', 6, 'data: live 6\n\n')
    for (const seq of [4, 5]) subscriber.replay('desk', seq, `data: past ${seq}\n\n`)
    expect(subscriber.endCatchUp('desk')).toBe(false)
    subscriber.replay('desk', 6, 'data: past 6\n\n')
    expect(subscriber.endCatchUp('desk')).toBe(true)
    subscriber.offer('desk', 6, 'data: live 6\n\n')
    subscriber.offer('desk', 7, 'data: live 7\n\n')
    subscriber.finish()
    const lines = (await textOf(subscriber.body)).match(/(?:past|live) \d/g)
    expect(lines).toEqual(['past 4', 'past 5', 'past 6', 'live 7'])
  })
})
