import { ref } from 'vue'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { type RefusalFacts, refusalSentence } from '../../../i18n/dictionary.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import type { Cashier } from '../../../payment/cashier/money/useCashier.ts'
import { type FoundCode, findCode, spentReason } from '../../../payment/cashier/scan/code-finding.ts'

type Payable = { readonly bill: Bill; readonly payment: Payment | null }
const TIMEOUT_MS = 10_000

/** Asks the server what a code stands for; its refusal says which of the wrong ones it is. */
async function askPayable(outletId: string, code: string): Promise<Payable | RefusalFacts> {
  try {
    const response = await fetch(`/api/desk/${outletId}/payable?code=${encodeURIComponent(code)}`, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = (await response.json()) as Payable & { readonly refusal?: RefusalFacts }
    return body.refusal ?? body
  } catch {
    return { code: 'network.offline' }
  }
}

/** From a scanned or typed code to the bill on the screen, or to the words that say why there is none. */
export function useCodeLookup(cashier: Cashier, show: (found: FoundCode, spent: string) => void) {
  const t = useWords()
  const isLooking = ref(false)
  const problem = ref('')

  function refuse(refusal: RefusalFacts): void {
    problem.value = refusalSentence({ ...t.value.refusal, ...t.value.cashier.refusal }, refusal)
  }

  function open(found: FoundCode): void {
    const spent = spentReason(found, cashier.openRpOf(found.bill.id))
    show(found, spent === null ? '' : t.value.cashier.scan.spent[spent])
  }

  async function lookUp(text: string): Promise<void> {
    problem.value = ''
    if (cashier.outletNumber.value === null) {
      problem.value = t.value.cashier.scan.unknownNumber
      return
    }
    const finding = findCode(text, cashier.outletNumber.value, cashier.bills.value, cashier.payments.value)
    if (!finding.ok) return refuse(finding.refusal)
    if (finding.value.kind === 'found') return open(finding.value.found)
    isLooking.value = true
    const answer = await askPayable(cashier.outletId.value, finding.value.code)
    isLooking.value = false
    if ('code' in answer) return refuse(answer)
    // On its way to this device, or so old that its desk has let go of it.
    const here = cashier.bills.value.find(({ id }) => id === answer.bill.id)
    if (here) open({ bill: here, payment: answer.payment })
    else problem.value = t.value.cashier.scan.notHere(t.value.cashier.scan.statuses[answer.bill.status])
  }

  return { isLooking, problem, lookUp }
}
