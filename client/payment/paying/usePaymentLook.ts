import { onScopeDispose, type Ref, readonly, ref, watch } from 'vue'
import { postCommand } from '../../sync/api.ts'
import { makeId } from '../../sync/ids.ts'
import { lookPauseMs } from './payment-state.ts'

/**
 * Asks the provider while a code is on the screen and somebody looks: notices get lost, and whoever has paid
 * waits for the word. The answer itself comes with the feed. `isSilent` after a question without an answer.
 */
export function usePaymentLook(paymentId: () => string | null): {
  readonly isSilent: Readonly<Ref<boolean>>
} {
  const isSilent = ref(false)
  let timer: number | undefined
  let looks = 0
  let round = 0

  async function look(id: string, ownRound: number): Promise<void> {
    looks += 1
    const attempt = await postCommand('payment.look', makeId('cmd'), { paymentId: id })
    if (ownRound !== round) return
    isSilent.value = attempt.kind === 'unreachable'
    const waitMs = attempt.kind === 'later' ? attempt.waitMs : 0
    timer = window.setTimeout(() => void look(id, ownRound), Math.max(waitMs, lookPauseMs(looks)))
  }

  function restart(): void {
    window.clearTimeout(timer)
    round += 1
    const id = paymentId()
    if (id === null) {
      isSilent.value = false
      return
    }
    if (document.visibilityState === 'hidden') return
    const ownRound = round
    // Back from the wallet is the moment to ask; the first look of a new code is not.
    timer = window.setTimeout(() => void look(id, ownRound), looks === 0 ? lookPauseMs(0) : 300)
  }

  watch(
    paymentId,
    () => {
      looks = 0
      restart()
    },
    { immediate: true },
  )
  document.addEventListener('visibilitychange', restart)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', restart)
    window.clearTimeout(timer)
    round += 1
  })
  return { isSilent: readonly(isSilent) }
}
