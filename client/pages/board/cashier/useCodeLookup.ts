import { onScopeDispose, ref, watch } from 'vue'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { type RefusalFacts, refusalSentence } from '../../../i18n/dictionary.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import type { Cashier } from '../../../payment/cashier/money/useCashier.ts'
import { type FoundCode, findCode, spentReason } from '../../../payment/cashier/scan/code-finding.ts'

type Payable = { readonly bill: Bill; readonly payment: Payment | null }
const TIMEOUT_MS = 10_000
/** What ended lately may be on its way too; what ended long ago never comes. */
const ENDED_TIMEOUT_MS = 1_000

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

/** Whether it becomes so within that time. */
function becomes(isSo: () => boolean, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop()
      clearTimeout(timer)
      resolve(isSo())
    }
    const timer = setTimeout(end, withinMs)
    const stop = watch(isSo, (so) => so && end())
    if (isSo()) end()
  })
}

/** From a scanned or typed code to the bill on the screen, or to the words that say why there is none. */
export function useCodeLookup(cashier: Cashier, show: (found: FoundCode, spent: string) => void) {
  const t = useWords()
  const isLooking = ref(false)
  const problem = ref('')
  let lookUps = 0

  function refuse(refusal: RefusalFacts): void {
    problem.value = refusalSentence({ ...t.value.refusal, ...t.value.cashier.refusal }, refusal)
  }

  function open(found: FoundCode): void {
    const spent = spentReason(found, cashier.openRpOf(found.bill.id))
    show(found, spent === null ? '' : t.value.cashier.scan.spent[spent])
  }

  /** A guest may hold up a code before this device has heard of the bill, or of anything. */
  async function find(text: string, isLast: () => boolean): Promise<void> {
    const { outletNumber, isWhole, bills, payments, outletId } = cashier
    await becomes(() => outletNumber.value !== null || isWhole.value, TIMEOUT_MS)
    if (!isLast()) return
    if (outletNumber.value === null) {
      problem.value = isWhole.value ? t.value.cashier.scan.unknownNumber : t.value.cashier.scan.notYet
      return
    }
    const finding = findCode(text, outletNumber.value, bills.value, payments.value)
    if (!finding.ok) return refuse(finding.refusal)
    if (finding.value.kind === 'found') return open(finding.value.found)
    const answer = await askPayable(outletId.value, finding.value.code)
    if (!isLast()) return
    if ('code' in answer) return refuse(answer)
    const here = () => bills.value.find(({ id }) => id === answer.bill.id)
    const isOpen = answer.bill.status === 'open'
    await becomes(() => here() !== undefined, isOpen || !isWhole.value ? TIMEOUT_MS : ENDED_TIMEOUT_MS)
    if (!isLast()) return
    const bill = here()
    if (bill) open({ bill, payment: answer.payment })
    else if (isOpen) problem.value = t.value.cashier.scan.notYet
    else problem.value = t.value.cashier.scan.notHere(t.value.cashier.scan.statuses[answer.bill.status])
  }

  /** The last code asked for is the one that opens, whichever answer comes first. */
  async function lookUp(text: string): Promise<void> {
    lookUps += 1
    const mine = lookUps
    const isLast = () => mine === lookUps
    problem.value = ''
    isLooking.value = true
    await find(text, isLast)
    if (isLast()) isLooking.value = false
  }
  onScopeDispose(() => {
    lookUps += 1
  })

  return { isLooking, problem, lookUp }
}
