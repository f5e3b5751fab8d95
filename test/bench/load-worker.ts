import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { newId } from '#shared/kernel/ids.ts'
import { placeArgs } from '../support/busy-shop.ts'
import { openWire, requestText } from '../support/wire.ts'
import { CONNECTIONS, type LoadOrder, type LoadResult, percentile } from './load.ts'

/** Until the connections are open and the groups have found their size. */
const SETTLE_MS = 250

let pool = randomBytes(0)
function random(): Uint8Array {
  if (pool.length < 10) pool = randomBytes(10_000)
  const bytes = pool.subarray(0, 10)
  pool = pool.subarray(10)
  return bytes
}

/** Processor time that a process has used, in microseconds; the kernel counts it in hundredths of a second. */
function cpuMicrosOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return Number.NaN
  }
}

async function run({ port, pid, seconds, phones, cart }: LoadOrder): Promise<LoadResult> {
  const times: number[] = []
  let failed = 0
  let firstFailure: string | null = null
  let next = 0
  let answered = 0
  const cpuBefore = cpuMicrosOf(pid)
  const ownBefore = process.cpuUsage()
  const beginMs = performance.now() + SETTLE_MS
  const endMs = beginMs + seconds * 1000

  async function connection(): Promise<void> {
    const wire = await openWire(port)
    for (;;) {
      const phone = phones[next++ % phones.length]
      if (!phone) throw new Error('no phones')
      const body = JSON.stringify(placeArgs(cart, phone.token, newId('ord', Date.now(), random())))
      const request = requestText(
        '/api/commands/order.place',
        {
          'content-type': 'application/json',
          'idempotency-key': newId('cmd', Date.now(), random()),
          cookie: phone.cookie,
        },
        body,
      )
      const sentMs = performance.now()
      if (sentMs >= endMs) break
      const answer = await wire.exchange(request)
      const doneMs = performance.now()
      answered++
      if (answer.status !== 200) {
        failed++
        firstFailure ??= `${answer.status} ${answer.body.slice(0, 300)}`
      } else if (sentMs >= beginMs) times.push(doneMs - sentMs)
    }
    wire.close()
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  const took = (performance.now() - beginMs) / 1000
  const own = process.cpuUsage(ownBefore)
  times.sort((a, b) => a - b)
  return {
    sent: times.length,
    perSecond: times.length / took,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    failed,
    cpuMicros: (cpuMicrosOf(pid) - cpuBefore) / answered,
    ownCpuMicros: (own.user + own.system) / answered,
    firstFailure,
  }
}

process.on('message', async (order) => process.send?.(await run(order as LoadOrder)))
