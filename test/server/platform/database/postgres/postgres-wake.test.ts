import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connectWake } from '../../../../../server/platform/database/postgres/postgres-wake.ts'
import { freshDatabase } from '../../../../faults/fresh-database.ts'

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

const REFUSING = {
  welcome: Buffer.from([
    ...Buffer.from('R'),
    0,
    0,
    0,
    8,
    0,
    0,
    0,
    0,
    ...Buffer.from('Z'),
    0,
    0,
    0,
    5,
    ...Buffer.from('I'),
  ]),
  refusal: Buffer.concat([
    Buffer.from([...Buffer.from('E'), 0, 0, 0, 23]),
    Buffer.from('SERROR\0C0A000\0Mno\0\0', 'latin1'),
    Buffer.from([...Buffer.from('Z'), 0, 0, 0, 5, ...Buffer.from('I')]),
  ]),
}

test('a database that takes connections and refuses to listen is not left with them', async () => {
  let begun = 0
  let open = 0
  const database = createServer((socket) => {
    begun++
    open++
    socket.on('error', () => {})
    socket.on('close', () => open--)
    socket.once('data', () => {
      socket.write(REFUSING.welcome)
      socket.on('data', (said) => {
        if (said.toString('latin1').startsWith('Q')) socket.write(REFUSING.refusal)
        else socket.end()
      })
    })
  })
  await new Promise<void>((done) => database.listen(0, '127.0.0.1', done))
  onTestFinished(() => void database.close())
  const address = database.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const wake = connectWake(`postgresql://meja@127.0.0.1:${port}/meja`, () => {})
  onTestFinished(() => wake.close())
  await expect.poll(() => begun).toBe(1)
  await expect.poll(() => open).toBe(0)
  // And it is tried again.
  await expect.poll(() => begun, { timeout: 10_000 }).toBe(2)
})
