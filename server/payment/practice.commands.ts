import { ok, refuse } from '#shared/kernel/result.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { command } from '../command.ts'
import { type PracticeRow, readPractice, savePractice, withReceipts } from './gateways/practice.ts'
import { learn } from './learning.ts'
import { payerOf } from './members.ts'
import { readPaymentRow } from './payment.store.ts'
import { ensureSettings } from './settings/settings.store.ts'
import { askGateway } from './tasks/task.store.ts'

type Play = CommandArgs<'practice.play'>['play']

/** The practice gateway's book after the play; null where nothing can be played any more. */
function played(row: PracticeRow, play: Play, nowMs: number): PracticeRow | null {
  const isOpen = row.status === 'pending' && nowMs < row.expires_at_ms
  if (play === 'pay_late')
    return row.status === 'paid' ? null : withReceipts(row, [row.amount_rp], nowMs + 1000)
  if (!isOpen) return null
  switch (play) {
    case 'pay':
      return withReceipts(row, [row.amount_rp], nowMs)
    case 'pay_short':
      return withReceipts(row, [Math.max(1, Math.floor(row.amount_rp / 2))], nowMs)
    case 'pay_twice':
      return withReceipts(row, [row.amount_rp, row.amount_rp], nowMs)
    case 'expire':
      return { ...row, status: 'expired' }
  }
}

export const practiceCommandList = [
  command('practice.play', {
    who: 'party',
    async handle(context, { paymentId, play }) {
      const found = await payerOf(context, paymentId)
      if (!found.ok) return found
      const { payment, bill } = found.value
      const { actor, tx, nowMs } = context
      const own = await readPaymentRow(tx, paymentId)
      if (actor.kind === 'customer' && own?.customer_id !== actor.id)
        return refuse({ code: 'payment.unknown' })
      const settings = await ensureSettings(context, bill.outletId)
      // A bill that was begun in practice must not be paid by a button once the shop is open in earnest.
      const isPractice = payment.provider === 'practice' && settings.provider === 'practice'
      if (!isPractice) return refuse({ code: 'payment.not_practice' })
      // The code may be made and nobody has seen it yet: no person could pay it.
      if (payment.status === 'pending' && !own?.provider_ref) return refuse({ code: 'payment.at_gateway' })
      const row = own?.provider_ref && own.reference ? await readPractice(tx, own.reference) : undefined
      const after = row && played(row, play, nowMs)
      if (!after) return refuse({ code: 'payment.over', status: payment.status })
      // Late is after closing: the house hears of the closing first, as it would from a real gateway.
      if (play === 'pay_late') await learn(context, bill, payment, [{ kind: 'expired', atMs: nowMs }])
      await savePractice(tx, after)
      await askGateway(context, 'status', paymentId)
      return ok({ paymentId, play })
    },
  }),
]
