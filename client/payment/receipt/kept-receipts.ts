import { readSetting, writeSetting } from '../../sync/db.ts'
import type { KeptReceipt } from './receipt.ts'

const KEY = 'receipts'
/** A regular's month; older ones give way. */
const MAX_RECEIPTS = 30

export async function readReceipts(): Promise<readonly KeptReceipt[]> {
  return (await readSetting<readonly KeptReceipt[]>(KEY)) ?? []
}

function isSame(one: KeptReceipt, other: KeptReceipt): boolean {
  return (
    one.payment.rev === other.payment.rev &&
    one.sheet.sums.totalRp === other.sheet.sums.totalRp &&
    (one.ended ?? []).length === (other.ended ?? []).length &&
    one.refunds.length === other.refunds.length &&
    one.refunds.every((refund, index) => refund.rev === other.refunds[index]?.rev)
  )
}

/** Keeps or renews a receipt, the newest first. A phone without storage shows it while the visit lasts. */
export async function keepReceipt(receipt: KeptReceipt): Promise<void> {
  try {
    const kept = await readReceipts()
    const before = kept.find(({ payment }) => payment.id === receipt.payment.id)
    if (before && isSame(before, receipt)) return
    const others = kept.filter(({ payment }) => payment.id !== receipt.payment.id)
    await writeSetting(KEY, structuredClone([receipt, ...others].slice(0, MAX_RECEIPTS)))
  } catch {
    // Storage is full or blocked: the page shows the receipt from the visit's records all the same.
  }
}
