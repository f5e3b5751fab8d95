import { computed } from 'vue'
import type { Print } from '#shared/payment/printing.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { makeId } from '../../../sync/ids.ts'
import { useRecords } from '../../../sync/useLive.ts'
import { useMoneyAsk } from '../money/useMoneyAsk.ts'

/** What became of a print, in words; '' while there is none. */
export function usePrintWords(clock: (atMs: number) => string) {
  const t = useWords()
  return (print: Print | undefined): string => {
    const words = t.value.cashier.print
    if (!print) return ''
    switch (print.state) {
      case 'printed':
        return words.printed(clock(print.endedAtMs ?? print.askedAtMs))
      case 'failed':
        return words.failed[print.trouble ?? 'unreachable']
      case 'waiting':
        return print.tries > 0 ? words.retrying(print.tries + 1) : words.waiting
    }
  }
}

/** The receipts of a bill and asking for one more. */
export function useReceipt(billId: () => string) {
  const prints = useRecords('print')
  const { ask, isBusy, failure } = useMoneyAsk()
  // Kept until the server has it, so that an impatient second press prints nothing twice.
  let printId: string | null = null
  const ofBill = computed(() =>
    prints.value.filter((print) => print.billId === billId()).sort((a, b) => a.copy - b.copy),
  )

  async function print(): Promise<void> {
    printId ??= makeId('prt')
    if (await ask('receipt.print', { billId: billId(), printId })) printId = null
  }

  return { last: computed(() => ofBill.value.at(-1)), print, isBusy, failure }
}
