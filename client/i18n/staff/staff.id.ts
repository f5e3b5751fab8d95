import { boardId } from '../board/board.id.ts'
import { boardRefusalsId } from '../board/board-refusals.id.ts'
import { cashierId } from '../cashier/cashier.id.ts'
import { moneyId } from '../cashier/money.id.ts'
import type { RefusalWords } from '../dictionary.ts'
import { managerId } from '../manager/manager.id.ts'
import { signinId, signinRefusalsId } from './signin.id.ts'

/** Words of board and back office. A part that outgrows this file moves to its own and is imported here. */
export const staffId = {
  app: { name: 'Meja Staf' },
  ...signinId,
  board: boardId,
  cashier: cashierId,
  money: moneyId,
  manager: managerId,
  refusal: {
    ...signinRefusalsId,
    ...boardRefusalsId,
    unknown: (facts) => `Ditolak (${facts.code}). Tidak ada yang berubah; coba lagi.`,
  } satisfies RefusalWords,
}
