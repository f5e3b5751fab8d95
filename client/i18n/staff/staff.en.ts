import { boardEn } from '../board/board.en.ts'
import { boardRefusalsEn } from '../board/board-refusals.en.ts'
import { cashierEn } from '../cashier/cashier.en.ts'
import { moneyEn } from '../cashier/money.en.ts'
import type { Translation } from '../dictionary.ts'
import { managerEn } from '../manager/manager.en.ts'
import { signinEn, signinRefusalsEn } from './signin.en.ts'
import type { staffId } from './staff.id.ts'

export const staffEn: Translation<typeof staffId> = {
  app: { name: 'Meja Staff' },
  ...signinEn,
  board: boardEn,
  cashier: cashierEn,
  money: moneyEn,
  manager: managerEn,
  refusal: {
    ...signinRefusalsEn,
    ...boardRefusalsEn,
    unknown: (facts) => `Refused (${facts.code}). Nothing has changed; try again.`,
  },
}
