import type { DoorDeps } from '../../commands.ts'
import type { Log } from '../../platform/log.ts'
import { renewLease } from './lease.store.ts'
import type { TaskRow } from './task.store.ts'

/** Often enough that a renewal or two may fail. */
const RENEW_MS = 10_000

/** A task in hand. However long its asking takes, nobody else takes it meanwhile. */
export type Lease = {
  /** Asked right before money is moved: one that was lost all the same moves none. */
  isStillOurs(): Promise<boolean>
  letGo(): void
}

export function holdLease(
  { door, log }: { readonly door: DoorDeps; readonly log: Log },
  task: TaskRow,
): Lease {
  const { database, writer, clock } = door
  const renew = () =>
    writer.submit(async (tx) => ({
      keep: true,
      value: await renewLease(tx, task, database.dialect, clock.now()),
    }))
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      log.warn({ kind: task.kind, error: String(error) }, 'a gateway task in hand was not renewed')
    })
  }, RENEW_MS)
  timer.unref()
  return { isStillOurs: renew, letGo: () => clearInterval(timer) }
}
