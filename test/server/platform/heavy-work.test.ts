import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { BusyError } from '../../../server/platform/database/writer.ts'
import { createHeavyWork, type RunAside } from '../../../server/platform/heavy/heavy-work.ts'
import { createTurns, MAX_WAITING } from '../../../server/platform/heavy/turns.ts'
import type * as jobs from './heavy-jobs.ts'

const JOBS = new URL('./heavy-jobs.ts', import.meta.url)
const LIMITS = { withinMs: { quick: 30_000, long: 30_000 }, idleMs: 20_000, memoryMb: 256 }
const add = (run: RunAside) => run<typeof jobs.add>(JOBS, 'add', 2, 3)
const ownThread = (run: RunAside) => run<typeof jobs.ownThread>(JOBS, 'ownThread')

test('a heavy call leaves the event loop to others', async () => {
  const heavyWork = createHeavyWork()
  await heavyWork('quick', add)
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  const bytes = await heavyWork('long', (run) => run<typeof jobs.work>(JOBS, 'work', 500))
  clearInterval(timer)
  expect([...bytes]).toEqual([1, 2, 3])
  expect(turns).toBeGreaterThan(10)
})

test('what the function throws is what the caller gets, and the thread goes on', async () => {
  const heavyWork = createHeavyWork()
  const before = await heavyWork('quick', ownThread)
  await expect(heavyWork('quick', (run) => run<typeof jobs.refuse>(JOBS, 'refuse'))).rejects.toThrow(
    new RangeError('There is no label to print.'),
  )
  await expect(heavyWork('quick', (run) => run(JOBS, 'isNotThere'))).rejects.toThrow(TypeError)
  expect(await heavyWork('quick', ownThread)).toBe(before)
})

test('a call that does not end is ended with its thread, and the next has a new one', async () => {
  const heavyWork = createHeavyWork({ ...LIMITS, withinMs: { quick: 1500, long: 30_000 } })
  const before = await heavyWork('long', ownThread)
  const stuck = heavyWork('quick', (run) => run<typeof jobs.neverEnds>(JOBS, 'neverEnds'))
  const next = heavyWork('long', ownThread)
  await expect(stuck).rejects.toThrow('neverEnds took longer than 1500 ms')
  expect(await next).not.toBe(before)
})

test('a call that takes all memory ends with its thread, not with the server', async () => {
  const heavyWork = createHeavyWork({ ...LIMITS, memoryMb: 48 })
  await expect(
    heavyWork('long', (run) => run<typeof jobs.eatsMemory>(JOBS, 'eatsMemory')),
  ).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' })
  expect(await heavyWork('quick', add)).toBe(5)
})

test('the thread ends when nothing is left to do, and comes back when it is needed', async () => {
  const heavyWork = createHeavyWork({ ...LIMITS, idleMs: 20 })
  const before = await heavyWork('quick', ownThread)
  await sleep(200)
  expect(await heavyWork('quick', ownThread)).not.toBe(before)
})

test('work is begun one at a time: the quick before the long, and too much is refused at once', async () => {
  const inTurn = createTurns()
  const begun: string[] = []
  let release = () => {}
  const first = inTurn('long', () => new Promise<void>((resolve) => (release = resolve)))
  const note = (name: string) => async () => {
    begun.push(name)
  }
  const long = Array.from({ length: MAX_WAITING.long }, (_, index) => inTurn('long', note(`long ${index}`)))
  const failing = inTurn('quick', () => Promise.reject(new Error('alone')))
  const quick = inTurn('quick', note('quick'))
  await expect(inTurn('long', note('too many'))).rejects.toThrow(BusyError)
  expect(begun).toEqual([])
  release()
  await expect(failing).rejects.toThrow('alone')
  await Promise.all([first, quick, ...long])
  expect(begun).toEqual(['quick', ...long.map((_, index) => `long ${index}`)])
  await inTurn('quick', note('after'))
  expect(begun.at(-1)).toBe('after')
})
