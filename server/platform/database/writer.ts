import type { Database, Job, Settled } from './database.ts'
import { forgetSharedRecords } from './shared-records.ts'

/** The queue is full: nothing was stored, the caller may try again. */
export class BusyError extends Error {}

const MAX_QUEUE = 256
const MAX_GROUP = 32

type Waiting = {
  readonly job: Job<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The one lane by which anything is written. */
export interface Writer {
  /** Runs the job in a group and answers after its COMMIT. Rejects with BusyError, or as the storage says. */
  submit<Value>(job: Job<Value>): Promise<Value>
  /** Resolves when all that was submitted is settled. */
  idle(): Promise<void>
  /** Jobs that wait now. */
  size(): number
}

/** `onGroupError` hears of each group that failed as a whole, before its jobs are rejected. */
export function createWriter(database: Database, onGroupError: (error: unknown) => void): Writer {
  const queue: Waiting[] = []
  let draining: Promise<void> | null = null

  async function runNext(group: readonly Waiting[]): Promise<void> {
    let settled: Settled[]
    try {
      settled = await database.runGroup(group.map((waiting) => waiting.job))
    } catch (error) {
      forgetSharedRecords()
      onGroupError(error)
      for (const waiting of group) waiting.reject(error)
      return
    }
    group.forEach((waiting, index) => {
      const result = settled[index]
      if (result && 'value' in result) waiting.resolve(result.value)
      else waiting.reject(result?.error ?? new Error('A job of the group was not settled.'))
    })
  }

  // Requests that arrive in one turn of the event loop, or in turns that follow each other, share one
  // fsync: in a rush that makes groups half as large again, and one that comes alone waits for nothing.
  async function gather(): Promise<void> {
    let size: number
    do {
      size = queue.length
      await new Promise((resolve) => setImmediate(resolve))
    } while (queue.length > size && queue.length < MAX_GROUP)
  }

  async function drain(): Promise<void> {
    await gather()
    while (queue.length > 0) {
      await runNext(queue.splice(0, MAX_GROUP))
      await gather()
    }
    draining = null
  }

  return {
    submit<Value>(job: Job<Value>): Promise<Value> {
      if (queue.length >= MAX_QUEUE) return Promise.reject(new BusyError('The write queue is full.'))
      return new Promise<Value>((resolve, reject) => {
        queue.push({ job, resolve: resolve as (value: unknown) => void, reject })
        draining ??= drain()
      })
    },
    idle: async () => {
      while (draining) await draining
    },
    size: () => queue.length,
  }
}
