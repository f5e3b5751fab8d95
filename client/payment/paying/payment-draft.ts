import { readSetting, writeSetting } from '../../sync/db.ts'
import { makeId } from '../../sync/ids.ts'

const KEY = 'payment-draft'
let draft: Draft | null = null

type Draft = { readonly paymentId: string; readonly billId: string }

/**
 * The id under which the next payment of this bill is asked for. It stays until the server has answered,
 * also over a reload: an answer that was lost on its way is found again instead of paid for twice.
 */
export async function draftId(billId: string): Promise<string> {
  // Without storage the id lasts as long as this page.
  draft ??= (await readSetting<Draft>(KEY).catch(() => undefined)) ?? null
  if (draft?.billId !== billId) draft = { paymentId: makeId('pay'), billId }
  await writeSetting(KEY, draft).catch(() => undefined)
  return draft.paymentId
}

/** The server has answered for this id. */
export async function endDraft(paymentId: string): Promise<void> {
  if (draft && draft.paymentId !== paymentId) return
  draft = null
  await writeSetting(KEY, null).catch(() => undefined)
}
