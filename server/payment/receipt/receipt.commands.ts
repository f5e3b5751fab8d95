import { refuse } from '#shared/kernel/result.ts'
import { command } from '../../command.ts'
import { memberOf } from '../members.ts'

export const receiptCommandList = [
  command('receipt.print', {
    who: 'barista',
    async handle(context, { billId }) {
      const member = await memberOf(context, billId)
      return member.ok ? refuse({ code: 'receipt.no_printer' }) : member
    },
  }),
]
