import { Worker } from 'node:worker_threads'
import { createTurns, type Length } from './turns.ts'

/** Far above what the largest file takes on a small computer: what takes longer is stuck. */
const WITHIN_MS: Readonly<Record<Length, number>> = { quick: 30_000, long: 180_000 }
/** After so long without work the thread ends and gives its memory back. */
const IDLE_MS = 20_000
const MEMORY_MB = 512

type AnyFunction = (...args: never[]) => unknown
type Answer = { readonly value: unknown } | { readonly error: unknown }

/** Calls the function `name` of the module at `url` in the thread. What it is given and answers is copied. */
export type RunAside = <Called extends AnyFunction>(
  url: URL,
  name: string,
  ...args: Parameters<Called>
) => Promise<Awaited<ReturnType<Called>>>

type HeavyWork = <Value>(length: Length, work: (run: RunAside) => Promise<Value>) => Promise<Value>
type HeavyLimits = {
  readonly withinMs: Readonly<Record<Length, number>>
  readonly idleMs: number
  /** Of its heap; pictures and bytes are not part of it. */
  readonly memoryMb: number
}

/**
 * One thread, started when it is needed, for what would keep the event loop from the orders. `work` is
 * begun when its turn comes, so that what waits holds no memory. Rejects with BusyError when too many wait,
 * and with what the function threw; a call that takes too long ends with its thread.
 */
export function createHeavyWork(
  limits: HeavyLimits = { withinMs: WITHIN_MS, idleMs: IDLE_MS, memoryMb: MEMORY_MB },
): HeavyWork {
  const inTurn = createTurns()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined

  function end(): void {
    const ended = worker
    worker = null
    // Resolves late when native code is at work in it; nobody waits for that.
    ended?.terminate()
  }

  function start(): Worker {
    const started = new Worker(new URL('./heavy-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    })
    // Also between two calls: an error that nobody hears would end the server.
    started.on('error', () => {})
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    return started
  }

  function call(url: URL, name: string, args: readonly unknown[], withinMs: number): Promise<unknown> {
    worker ??= start()
    const thread = worker
    thread.ref()
    return new Promise((resolve, reject) => {
      const settle = (use: () => void) => {
        clearTimeout(timer)
        thread.off('message', onMessage).off('error', onError).off('exit', onExit)
        thread.unref()
        use()
      }
      const onMessage = (answer: Answer) =>
        settle(() => ('error' in answer ? reject(answer.error) : resolve(answer.value)))
      const onError = (error: unknown) => settle(() => reject(error))
      const onExit = () => settle(() => reject(new Error(`The thread ended during ${name}.`)))
      const timer = setTimeout(() => {
        end()
        settle(() => reject(new Error(`${name} took longer than ${withinMs} ms and was ended.`)))
      }, withinMs)
      thread.on('message', onMessage).on('error', onError).on('exit', onExit)
      thread.postMessage({ module: url.href, name, args })
    })
  }

  return (length, work) =>
    inTurn(length, async () => {
      clearTimeout(idle)
      try {
        const run = (url: URL, name: string, ...args: readonly unknown[]) =>
          call(url, name, args, limits.withinMs[length])
        return await work(run as RunAside)
      } finally {
        idle = setTimeout(end, limits.idleMs).unref()
      }
    })
}

/** The one thread of this process. */
export const heavyWork = createHeavyWork()
