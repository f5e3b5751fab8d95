// A phone suspends the tab that holds the lock: it keeps the lock, runs nothing and answers nobody.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lead } from '../../../client/sync/leader.ts'
import { createLocks, withLocks } from '../../support/phone-tab.ts'

/** A tab of the phone, as `lead` meets it. */
type Tab = { isSuspended: boolean; isHidden: boolean; works: boolean; turns: number; stop: () => void }

/** The tab whose code runs at this moment; what it opens and what it sees is its own. */
let running: Tab
let channels: TabChannel[]

const within = <Value>(tab: Tab, run: () => Value): Value => {
  const before = running
  running = tab
  try {
    return run()
  } finally {
    running = before
  }
}

/** Messages as a phone delivers them: a suspended tab gets its own once it wakes. */
class TabChannel extends EventTarget {
  readonly name: string
  readonly tab = running
  waiting: unknown[] = []

  constructor(name: string) {
    super()
    this.name = name
    channels.push(this)
  }

  postMessage(data: unknown): void {
    for (const other of [...channels]) if (other !== this && other.name === this.name) other.take(data)
  }

  take(data: unknown): void {
    if (this.tab.isSuspended) this.waiting.push(data)
    else within(this.tab, () => this.dispatchEvent(new MessageEvent('message', { data })))
  }

  close(): void {
    channels = channels.filter((each) => each !== this)
  }
}

const nobody: Tab = { isSuspended: false, isHidden: false, works: false, turns: 0, stop: () => undefined }

beforeEach(() => {
  running = nobody
  channels = []
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', TabChannel)
  vi.stubGlobal('document', {
    get visibilityState() {
      return running.isHidden ? 'hidden' : 'visible'
    },
  })
  // Timers belong to the tab that set them and stand still while it is suspended.
  const realInterval = globalThis.setInterval
  vi.stubGlobal('setInterval', (tick: () => void, ms: number) => {
    const tab = running
    return realInterval(() => {
      if (!tab.isSuspended) within(tab, tick)
    }, ms)
  })
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function openTab(more: Partial<Tab> = {}): Tab {
  const tab: Tab = { ...nobody, ...more }
  tab.stop = within(tab, () =>
    lead('send', async (signal) => {
      tab.turns++
      tab.works = true
      signal.addEventListener('abort', () => {
        tab.works = false
      })
      // An answer that never comes: the work does not end by itself.
      await new Promise(() => undefined)
    }),
  )
  return tab
}

const wake = (tab: Tab) => {
  tab.isSuspended = false
  for (const channel of channels.filter((each) => each.tab === tab)) {
    for (const data of channel.waiting.splice(0)) channel.take(data)
  }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('the leading tab is suspended: the visible one takes over after 20 s, and not before', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(1000)
  first.isSuspended = true
  await pass(18_000)
  expect([first.works, second.works]).toEqual([true, false])
  await pass(7000)
  expect(second.works).toBe(true)
})

test('the robbed tab ends its work, queues again, and leads once the other is closed', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(1000)
  first.isSuspended = true
  await pass(26_000)
  expect([first.works, second.works]).toEqual([false, true])
  wake(first)
  await pass(60_000)
  expect([first.works, second.works, second.turns]).toEqual([false, true, 1])
  second.stop()
  await pass(0)
  expect([first.works, second.works, first.turns]).toEqual([true, false, 2])
})

test('a leader that answers is left in peace for as long as it does', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(600_000)
  expect([first.works, first.turns, second.turns]).toEqual([true, 1, 0])
})

test('a hidden leader hands over to a visible tab at its first word, and takes its place behind it', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(1000)
  first.isHidden = true
  await pass(5000)
  expect([first.works, second.works]).toEqual([false, true])
  await pass(60_000)
  expect([first.turns, second.turns]).toEqual([1, 1])
})

test('a hidden tab takes nothing: neither from a hidden leader nor from a suspended one', async () => {
  const first = openTab({ isHidden: true })
  await pass(0)
  const second = openTab({ isHidden: true })
  await pass(60_000)
  expect([first.works, second.works]).toEqual([true, false])
  first.isSuspended = true
  await pass(60_000)
  expect(second.works).toBe(false)
})

test('a tab that slept for an hour itself does not hold that against the leader', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(1000)
  second.isSuspended = true
  await pass(3_600_000)
  wake(second)
  await pass(60_000)
  expect([first.works, first.turns, second.turns]).toEqual([true, 1, 0])
})

test('the whole phone is suspended: whoever led goes on', async () => {
  const [first, second] = [openTab(), openTab()]
  await pass(1000)
  for (const tab of [first, second]) tab.isSuspended = true
  await pass(3_600_000)
  for (const tab of [first, second]) wake(tab)
  await pass(60_000)
  expect([first.works, first.turns, second.turns]).toEqual([true, 1, 0])
})

test('three tabs, the leader suspended: exactly one of the others takes over', async () => {
  const [first, second, third] = [openTab(), openTab(), openTab()]
  await pass(1000)
  first.isSuspended = true
  await pass(60_000)
  expect([second.works, third.works].filter(Boolean)).toHaveLength(1)
})

test('without Web Locks every tab works at once', async () => {
  withLocks(undefined)
  const [first, second] = [openTab(), openTab()]
  await pass(0)
  expect([first.works, second.works]).toEqual([true, true])
})
