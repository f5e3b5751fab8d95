import { type Job, type Settled, StorageBrokenError, StorageFullError, type Tx } from './database.ts'
import { forgetSharedRecords } from './shared-records.ts'

/** True for the disk's troubles and PostgreSQL's "try again": they concern the whole transaction, not one job. */
export function endsGroup(error: unknown): boolean {
  if (error instanceof StorageFullError || error instanceof StorageBrokenError) return true
  const code = (error as { code?: string } | null)?.code
  return code === '40001' || code === '40P01'
}

/** Runs one job under a savepoint; shared by both databases. */
export async function runJob(tx: Tx, job: Job<unknown>, mark: SavepointMarks): Promise<Settled> {
  const takeBack = async () => {
    forgetSharedRecords()
    await mark.rollback()
  }
  await mark.begin()
  let isOpen = true
  try {
    const outcome = await job(tx)
    if (!outcome.keep) {
      await takeBack()
      await mark.begin()
      await outcome.instead?.(tx)
    }
    isOpen = false
    await mark.release()
    return { value: outcome.value }
  } catch (error) {
    if (endsGroup(error) || !isOpen) throw error
    await takeBack()
    return { error }
  }
}

export interface SavepointMarks {
  begin(): Promise<unknown>
  release(): Promise<unknown>
  rollback(): Promise<unknown>
}
