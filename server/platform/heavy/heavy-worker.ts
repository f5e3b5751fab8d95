// The thread of heavy-work.ts: calls one function after another, each by the module and name it is told.
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'

type Call = { readonly module: string; readonly name: string; readonly args: readonly unknown[] }

// On Linux a priority is the thread's own, elsewhere it would slow the orders down too.
if (process.platform === 'linux') {
  try {
    setPriority(0, 5)
  } catch {
    // Where a container forbids it, the thread is only less polite.
  }
}

function isOwnBuffer(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
}

parentPort?.on('message', async ({ module, name, args }: Call) => {
  try {
    const value: unknown = await (await import(module))[name](...args)
    parentPort?.postMessage({ value }, isOwnBuffer(value) ? [value.buffer] : [])
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error : new Error(String(error)) })
  }
})
