// The load: durable orders from 32 connections, in a process of its own. Told by message what to send.
import { fork } from 'node:child_process'
import type { Cart, Phone } from '../support/busy-shop.ts'

export const CONNECTIONS = 32

export type LoadOrder = {
  readonly port: number
  /** The server's process, to see what an order costs it whatever else the machine does. */
  readonly pid: number
  readonly seconds: number
  readonly phones: readonly Phone[]
  readonly cart: Cart
}

export type LoadResult = {
  readonly sent: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly failed: number
  /** Processor time of the server for each order, in microseconds; NaN where /proc is missing. */
  readonly cpuMicros: number
  /** The same of the load itself: what it needs of the machine to send an order and read the answer. */
  readonly ownCpuMicros: number
  /** One answer that was not a success, to say what went wrong. */
  readonly firstFailure: string | null
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export type Load = { run(order: LoadOrder): Promise<LoadResult>; end(): void }

/** The process that sends the load: one for all turns, so that none pays for its start. */
export function startLoad(): Load {
  const worker = fork(new URL('./load-worker.ts', import.meta.url), { stdio: 'inherit' })
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error('The load ended before its time.'))
        worker.once('exit', fail)
        worker.once('message', (result) => {
          worker.off('exit', fail)
          resolve(result as LoadResult)
        })
        worker.send(order)
      }),
    end: () => worker.disconnect(),
  }
}
