import { ref, watch } from 'vue'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { useSound } from '../../ui/device/useSound.ts'
import type { Ticket } from '../board-view.ts'
import { useBoard } from '../useBoard.ts'

/** Rings once when a pick-up leaves "for later" because its time to be begun has come. */
export function useStarts() {
  const t = useWords()
  const board = useBoard()
  const { chime } = useSound()
  const spoken = ref('')

  watch(
    () => board.view.value.later,
    (after, before) => {
      const stays = new Set(after.map(({ order }) => order.id))
      const due = before.filter(
        ({ order }) => !stays.has(order.id) && isDue(board.view.value.byId.get(order.id)),
      )
      if (due.length === 0) return
      chime('arrival', 0.8)
      const names = due.map(({ order }) => order.pickup?.code).join(', ')
      spoken.value = t.value.board.pickup.later.due(names)
    },
  )

  /** Begun by hand, or taken back, it needs no bell. */
  function isDue(ticket: Ticket | undefined): boolean {
    const { order } = ticket ?? {}
    return order?.status === 'accepted' && (order.pickup?.startAtMs ?? 0) <= board.nowMs.value
  }

  return { spoken }
}
