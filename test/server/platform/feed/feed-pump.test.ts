import { expect, test, vi } from 'vitest'
import { createFeedPump } from '../../../../server/platform/feed/feed-pump.ts'

/** A storage whose answers the test gives. */
function openReading() {
  const begun: string[] = []
  const waiting = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const errors: unknown[] = []
  const pump = createFeedPump(
    (stream) => {
      begun.push(stream)
      return new Promise<void>((resolve, reject) => waiting.set(stream, { resolve, reject }))
    },
    (error) => errors.push(error),
  )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const answer = async (stream: string) => {
    waiting.get(stream)?.resolve()
    await turn()
  }
  const fail = async (stream: string) => {
    waiting.get(stream)?.reject(new Error(`${stream} failed`))
    await turn()
  }
  return { begun, errors, pump, answer, fail }
}

test('who is woken is read before those that a round found behind', async () => {
  const { begun, pump, answer } = openReading()
  pump.catchUp(Array.from({ length: 50 }, (_, index) => `slow${index}`))
  expect(begun).toHaveLength(4)
  pump.wake(['woken'])
  await answer('slow2')
  expect(begun.at(-1)).toBe('woken')
  await answer('slow0')
  expect(begun.at(-1)).toBe('slow4')
})

test('a stream that takes long holds up no other, and is never read twice at once', async () => {
  const { begun, pump, answer } = openReading()
  pump.wake(['slow', 'a'])
  pump.wake(['slow', 'b'])
  await answer('a')
  pump.wake(['slow', 'c'])
  await answer('b')
  await answer('c')
  expect(begun).toEqual(['slow', 'a', 'b', 'c'])
  await answer('slow')
  expect(begun).toEqual(['slow', 'a', 'b', 'c', 'slow'])
})

test('a stream that is woken while it is read is read again, however often it was woken', async () => {
  const { begun, pump, answer } = openReading()
  pump.wake(['a'])
  for (let count = 0; count < 5; count++) pump.wake(['a'])
  await answer('a')
  await answer('a')
  expect(begun).toEqual(['a', 'a'])
  pump.wake(['a'])
  expect(begun).toEqual(['a', 'a', 'a'])
})

test('what could not be read is read a second later without a further word', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    const { begun, errors, pump, answer, fail } = openReading()
    pump.wake(['a', 'b', 'c', 'd', 'e'])
    for (const stream of ['a', 'b', 'c', 'd']) await fail(stream)
    expect(errors).toHaveLength(4)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    vi.advanceTimersByTime(1000)
    expect(begun.slice(4)).toEqual(['e', 'a', 'b', 'c'])
    await answer('e')
    expect(begun.at(-1)).toBe('d')
  } finally {
    vi.useRealTimers()
  }
})
