import { computed, ref, type ShallowRef, shallowRef } from 'vue'
import { hasRole } from '#shared/staff/staff.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import type {
  ApprovalAnswer,
  ApprovalRequest,
  RefundWay,
} from '../../../payment/cashier/attention/approval.ts'
import { parseRupiah } from '../../../payment/part/parse-rupiah.ts'
import { useDesk } from '../../../staff/useDesk.ts'

type Step = 'reason' | 'person' | 'pin'

/** Sends what was approved, and the very same again where nobody knows whether it arrived. */
function useSending(request: ShallowRef<ApprovalRequest | null>) {
  const t = useWords()
  const isBusy = ref(false)
  const problem = ref('')
  const maySendAgain = ref(false)
  let sent: ApprovalAnswer | null = null

  function forget(): void {
    sent = null
    problem.value = ''
    maySendAgain.value = false
  }

  async function send(answer: ApprovalAnswer): Promise<void> {
    if (!request.value || isBusy.value) return
    isBusy.value = true
    problem.value = ''
    sent = answer
    try {
      const failure = await request.value.run(answer)
      if (failure === null) request.value = null
      else problem.value = failure
      const { refusal } = t.value.cashier
      maySendAgain.value =
        failure === refusal['network.unreachable'] || failure === refusal['network.offline']
    } finally {
      isBusy.value = false
      // A PIN is kept only while the same message may have to go out again.
      if (!maySendAgain.value) sent = null
    }
  }

  async function again(): Promise<void> {
    if (sent) await send(sent)
  }

  return { isBusy, problem, maySendAgain, send, again, forget }
}

/** What is given away: an amount, or where the request offers it a share. */
function useGiven(request: ShallowRef<ApprovalRequest | null>) {
  const typedRp = ref('')
  const way = ref<RefundWay>('same')
  const permille = ref<number | null>(null)
  const owesAgain = ref(false)
  const amountRp = computed(() => parseRupiah(typedRp.value) ?? 0)
  const isAmountWrong = computed(() => {
    const amount = request.value?.amount
    return amount != null && permille.value === null && (amountRp.value < 1 || amountRp.value > amount.maxRp)
  })

  function propose({ amount, ways }: ApprovalRequest): void {
    typedRp.value = amount && amount.proposedRp > 0 ? String(amount.proposedRp) : ''
    way.value = ways[0] ?? 'same'
    permille.value = null
    owesAgain.value = false
  }

  return { typedRp, way, permille, owesAgain, amountRp, isAmountWrong, propose }
}

/** The way through the sheet: what and why, who stands behind it, their PIN. */
export function useApproval() {
  const { people, me, lastPersonId } = useDesk()
  const request = shallowRef<ApprovalRequest | null>(null)
  const step = ref<Step>('reason')
  const reason = ref('')
  const staffId = ref('')
  const hasTried = ref(false)
  const { send, forget, ...sending } = useSending(request)
  const { amountRp, propose, ...given } = useGiven(request)

  const managers = computed(() => people.value.filter(({ role }) => hasRole(role, 'manager')))
  const person = computed(() => managers.value.find(({ id }) => id === staffId.value) ?? null)
  const isReasonShort = computed(() => reason.value.trim().length < 3)

  function open(next: ApprovalRequest): void {
    request.value = next
    reason.value = next.likelyReason ?? ''
    propose(next)
    // Whoever is signed in and may approve is asked for their own PIN first.
    staffId.value = managers.value.find(({ id }) => id === me.value?.id)?.id ?? ''
    hasTried.value = false
    forget()
    if (next.reasons !== null) step.value = 'reason'
    else step.value = person.value ? 'pin' : 'person'
  }

  const objection = computed(
    () => request.value?.objection?.({ amountRp: amountRp.value, owesAgain: given.owesAgain.value }) ?? '',
  )

  function goOn(): void {
    hasTried.value = true
    if (isReasonShort.value || given.isAmountWrong.value || objection.value !== '') return
    step.value = person.value ? 'pin' : 'person'
  }

  function choose(id: string): void {
    staffId.value = id
    forget()
    step.value = 'pin'
  }

  function back(): void {
    forget()
    if (request.value?.reasons === null) request.value = null
    else step.value = 'reason'
  }

  function withPin(pin: string): Promise<void> {
    const approval = { staffId: staffId.value, pin }
    return send({
      approval,
      reason: reason.value.trim(),
      amountRp: amountRp.value,
      way: given.way.value,
      permille: given.permille.value,
      owesAgain: given.owesAgain.value,
    })
  }

  return {
    request,
    step,
    reason,
    hasTried,
    managers,
    person,
    lastPersonId,
    isReasonShort,
    objection,
    open,
    goOn,
    choose,
    back,
    withPin,
    ...given,
    ...sending,
  }
}
