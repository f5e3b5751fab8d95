import { computed, type Ref, ref, watch } from 'vue'
import { joinedBill } from '#shared/payment/bill/bill.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { openMethods } from '#shared/payment/payment-settings.ts'
import { type RefusalFacts, refusalSentence } from '../../../i18n/dictionary.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { makeId } from '../../../sync/ids.ts'
import { askedFor, type PartChoice, planPart, takersOf } from '../../part/pay-part.ts'
import type { Entry } from '../money/cashier-view.ts'
import { useCashier } from '../money/useCashier.ts'
import { useMoneyAsk } from '../money/useMoneyAsk.ts'

export type TakeMethod = Payment['method']

/** What was just taken, for as long as the cashier looks at it. */
export type Taken = {
  readonly paymentId: string
  readonly method: TakeMethod
  readonly askedRp: number
  readonly changeRp: number
}

const WHOLE: PartChoice = { kind: 'rest', cups: [], partsLeft: 2, amountRp: null }

const orderOf = (unitKey: string) => unitKey.split('/')[0] ?? ''

/** What is asked for: the part that a phone prepared, or the one chosen here, in the chosen way. */
function useDue(
  entry: () => Entry,
  prepared: () => Payment | null,
  choice: Ref<PartChoice>,
  method: Ref<TakeMethod | null>,
  tipRp: Ref<number>,
) {
  const t = useWords()
  const { settings } = useCashier()
  const open = computed(() => {
    const { standing, sheet } = entry().view
    const takenKeys = new Set(takersOf(entry().payments).keys())
    return { sheet: joinedBill(sheet, entry().apart), takenKeys, openRp: standing.openRp }
  })
  const planned = computed(() => {
    const { apart } = entry()
    const ids = new Set(apart.orders.map(({ orderId }) => orderId))
    const { kind, cups } = choice.value
    const isAllApart = kind === 'items' && cups.length > 0 && cups.every((key) => ids.has(orderOf(key)))
    // Their price is their own, however much of the table's bill is open.
    return planPart(choice.value, isAllApart ? { ...open.value, openRp: apart.sums.totalRp } : open.value)
  })
  const problem = computed(() => {
    if (prepared() || planned.value.ok) return ''
    const refusal: RefusalFacts = planned.value.refusal
    return refusalSentence({ ...t.value.refusal, ...t.value.cashier.refusal }, refusal)
  })
  const methods = computed(() =>
    openMethods(settings.value).filter((each) => prepared() === null || each !== 'qris'),
  )
  const asked = computed(() => {
    if (method.value === null) return null
    const ready = prepared()
    if (ready) {
      // Others may have paid a part of it meanwhile.
      const amountRp = Math.min(ready.amountRp, open.value.openRp + ready.amountRp)
      return askedFor(amountRp, ready.tipRp, method.value, settings.value)
    }
    const plan = planned.value
    return plan.ok
      ? askedFor(
          plan.value.amountRp,
          settings.value.tips.isOn ? tipRp.value : 0,
          method.value,
          settings.value,
        )
      : null
  })
  /** Phones that pay leave less open than the chosen cups come to. */
  const cut = computed(() => {
    const plan = planned.value
    if (prepared() || !plan.ok || plan.value.cutFromRp === undefined) return null
    return { fromRp: plan.value.cutFromRp, toRp: plan.value.amountRp }
  })
  const wanted = computed(() => (planned.value.ok ? planned.value.value.wanted : ({ kind: 'rest' } as const)))
  return { open, problem, methods, asked, cut, wanted }
}

/** The bill of what is open, made now where nobody has asked for it yet. */
async function billIdOf(
  { bill, visitId }: Entry,
  ask: ReturnType<typeof useMoneyAsk>['ask'],
): Promise<string | null> {
  if (bill) return bill.id
  if (visitId === null) return null
  const opened = await ask<'bill.open', { billId: string }>('bill.open', { visitId })
  return opened?.result.billId ?? null
}

/** One payment at the till, from the choice of its part to its record. `prepared` is what a phone has made ready. */
export function useTaking(entry: () => Entry, prepared: () => Payment | null) {
  const { ask, isBusy, failure, forget } = useMoneyAsk()
  const choice = ref<PartChoice>(WHOLE)
  const method = ref<TakeMethod | null>(null)
  const tenderedRp = ref(0)
  const hasChecked = ref(false)
  const taken = ref<Taken | null>(null)
  /** One id for one payment: pressed again after a lost answer it is still the same. */
  const ownId = ref(makeId('pay'))
  const tipRp = ref(0)
  const due = useDue(entry, prepared, choice, method, tipRp)
  const { asked, methods, wanted } = due

  watch([() => entry().id, () => prepared()?.id], reset, { immediate: true })
  // Settings may be read after the page; and a method can be switched off meanwhile.
  watch(methods, (offered) => {
    if (method.value === null || !offered.includes(method.value)) method.value = offered[0] ?? null
  })
  // Whatever was counted or looked at was for the amount and the way before.
  watch([() => asked.value?.askedRp, method], () => {
    tenderedRp.value = 0
    hasChecked.value = false
  })

  function reset(): void {
    choice.value = WHOLE
    tipRp.value = 0
    const ready = prepared()?.method ?? 'cash'
    method.value = methods.value.includes(ready) ? ready : (methods.value[0] ?? null)
    tenderedRp.value = 0
    hasChecked.value = false
    taken.value = null
    ownId.value = makeId('pay')
    forget()
  }

  async function take(): Promise<void> {
    const amounts = asked.value
    const by = method.value
    if (!amounts || by === null || by === 'qris' || isBusy.value) return
    const id = await billIdOf(entry(), ask)
    if (id === null) return
    const paymentId = prepared()?.id ?? ownId.value
    const answered = await ask<'payment.take', { changeRp: number }>('payment.take', {
      paymentId,
      billId: id,
      method: by,
      part: wanted.value,
      tipRp: amounts.tipRp,
      shownRp: amounts.askedRp,
      tenderedRp: by === 'cash' ? tenderedRp.value : amounts.askedRp,
    })
    if (!answered) return
    taken.value = { paymentId, method: by, askedRp: amounts.askedRp, changeRp: answered.result.changeRp }
  }

  /** The id of a payment whose code is being made for this tablet, or null. */
  async function makeQris(): Promise<string | null> {
    const amounts = asked.value
    if (!amounts || isBusy.value) return null
    const id = await billIdOf(entry(), ask)
    if (id === null) return null
    const args = { paymentId: ownId.value, billId: id, method: 'qris', part: wanted.value } as const
    if (!(await ask('bill.pay', { ...args, tipRp: amounts.tipRp, shownRp: amounts.askedRp }))) return null
    const made = ownId.value
    reset()
    return made
  }

  return {
    choice,
    method,
    tipRp,
    tenderedRp,
    hasChecked,
    taken,
    isBusy,
    failure,
    take,
    makeQris,
    reset,
    ...due,
  }
}
