import { type Ref, readonly, ref } from 'vue'
import type { PAYMENT_METHODS } from '#shared/payment/payment.ts'
import type { PartWanted, PRACTICE_PLAYS } from '#shared/payment/payment-commands.ts'
import type { RefusalFacts } from '../../i18n/dictionary.ts'
import { askServer } from '../../sync/api.ts'
import { draftId, endDraft } from './payment-draft.ts'

export type PayWish = {
  readonly billId: string
  readonly method: (typeof PAYMENT_METHODS)[number]
  readonly part: PartWanted
  readonly tipRp: number
  readonly shownRp: number
}

/** The id may be known to the server already; what it stands for is in the records. */
const MAY_EXIST: ReadonlySet<string> = new Set(['payment.id_taken', 'network.unreachable'])

/** What a payer may ask of the server. It must answer at once: money is never put off. */
export function usePaying(): {
  readonly isBusy: Readonly<Ref<boolean>>
  readonly refusal: Readonly<Ref<RefusalFacts | null>>
  /** The id of the bill; null when it was refused or nobody answered. */
  readonly openBill: (visitId: string) => Promise<string | null>
  /** The id of the payment that now exists; null when it was refused or nobody answered. */
  readonly pay: (wish: PayWish) => Promise<string | null>
  readonly cancel: (paymentId: string) => Promise<boolean>
  readonly play: (paymentId: string, play: (typeof PRACTICE_PLAYS)[number]) => Promise<boolean>
  readonly forgive: () => void
} {
  const isBusy = ref(false)
  const refusal = ref<RefusalFacts | null>(null)

  async function ask(
    asking: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: RefusalFacts }>,
  ) {
    if (isBusy.value) return false
    isBusy.value = true
    refusal.value = null
    try {
      const answer = await asking()
      if (!answer.ok) refusal.value = answer.refusal
      return answer.ok
    } finally {
      isBusy.value = false
    }
  }

  async function openBill(visitId: string): Promise<string | null> {
    let billId: string | null = null
    await ask(async () => {
      const answer = await askServer<'bill.open', { billId: string }>('bill.open', { visitId })
      if (answer.ok) billId = answer.result.billId
      return answer
    })
    return billId
  }

  async function pay(wish: PayWish): Promise<string | null> {
    let paymentId = ''
    const isMade = await ask(async () => {
      paymentId = await draftId(wish.billId)
      const answer = await askServer('bill.pay', { ...wish, paymentId })
      if (answer.ok || !MAY_EXIST.has(answer.refusal.code)) await endDraft(paymentId)
      return answer
    })
    if (isMade) return paymentId
    if (refusal.value?.code !== 'payment.id_taken') return null
    // An earlier try arrived, only its answer was lost: that payment is the one.
    await endDraft(paymentId)
    refusal.value = null
    return paymentId
  }

  return {
    isBusy: readonly(isBusy),
    refusal: readonly(refusal),
    openBill,
    pay,
    cancel: (paymentId) => ask(() => askServer('payment.cancel', { paymentId })),
    play: (paymentId, play) => ask(() => askServer('practice.play', { paymentId, play })),
    forgive: () => {
      refusal.value = null
    },
  }
}
