import { expect, onTestFinished, test } from 'vitest'
import { connectWake } from '../../../../server/platform/database/postgres-wake.ts'
import { freshDatabase } from '../../../faults/fresh-database.ts'

test('a busy moment names more streams than one notice holds, and every one is heard', async () => {
  const url = (await freshDatabase('postgres')) ?? ''
  const heard = new Set<string>()
  const [listener, speaker] = [
    connectWake(url, (streams) => {
      for (const stream of streams) heard.add(stream)
    }),
    connectWake(url, () => {}),
  ]
  onTestFinished(async () => {
    await Promise.all([listener.close(), speaker.close()])
  })
  await expect
    .poll(() => {
      speaker.announce(['hello'])
      return heard.has('hello')
    })
    .toBe(true)
  const streams = Array.from(
    { length: 1000 },
    (_, index) => `customer:cus_${String(index).padStart(26, '0')}`,
  )
  speaker.announce(streams)
  await expect.poll(() => streams.filter((stream) => !heard.has(stream)).length).toBe(0)
})
