import { computed, type Ref } from 'vue'
import { type RefusalFacts, refusalSentence } from '../../../i18n/dictionary.ts'
import { usePaymentWords } from '../../../i18n/payment/payment-words.ts'
import type { MoneyOfTable } from '../../../payment/bill/useTableMoney.ts'
import { askedFor, type PartChoice, planPart, takersOf } from '../../../payment/part/pay-part.ts'
import { waysToPay } from './ways-to-pay.ts'

type Chosen = {
  readonly choice: Ref<PartChoice>
  readonly chosenMethod: Ref<'cash' | 'card' | 'qris' | 'qris_static' | null>
  readonly tipRp: Ref<number>
}

/** From what the payer chose to what is asked for, or why it cannot be had. */
export function usePartToPay(
  { money, view, settings }: Pick<MoneyOfTable, 'money' | 'view' | 'settings'>,
  { choice, chosenMethod, tipRp }: Chosen,
) {
  const w = usePaymentWords()
  const ways = computed(() => waysToPay(settings.value, money.value))
  const methods = computed(() => ways.value.methods)
  const method = computed(() =>
    chosenMethod.value && methods.value.includes(chosenMethod.value) ? chosenMethod.value : methods.value[0],
  )
  const takers = computed(() => takersOf(money.value?.payments ?? []))
  const open = computed(() =>
    view.value?.isWhole
      ? {
          sheet: view.value.sheet,
          takenKeys: new Set(takers.value.keys()),
          openRp: view.value.standing.openRp,
        }
      : null,
  )
  const plan = computed(() => open.value && planPart(choice.value, open.value))
  /** Friends leave less to pay than the chosen cups come to. */
  const cut = computed(() =>
    plan.value?.ok && plan.value.value.cutFromRp !== undefined
      ? { fromRp: plan.value.value.cutFromRp, toRp: plan.value.value.amountRp }
      : null,
  )
  const share = computed(() => open.value && planPart({ ...choice.value, kind: 'share' }, open.value))
  const asked = computed(() =>
    plan.value?.ok && method.value && settings.value
      ? askedFor(
          plan.value.value.amountRp,
          settings.value.tips.isOn ? tipRp.value : 0,
          method.value,
          settings.value,
        )
      : null,
  )
  const isTooLarge = computed(
    () =>
      asked.value !== null &&
      method.value?.startsWith('qris') &&
      asked.value.askedRp > (settings.value?.maxQrisRp ?? 0),
  )
  function sentenceOf(problem: RefusalFacts): string {
    if (problem.code !== 'part.nothing_chosen') return refusalSentence(w.value.refusal, problem)
    return choice.value.kind === 'amount'
      ? w.value.part.problem.empty_amount
      : w.value.part.problem['part.nothing_chosen']
  }
  const problem = computed(() => (plan.value && !plan.value.ok ? sentenceOf(plan.value.refusal) : ''))

  return { ways, methods, method, takers, open, plan, cut, share, asked, isTooLarge, problem }
}
