import type { AnyCommand } from './command.ts'
import { menuCommandList } from './menu/menu.commands.ts'
import { askingCommandList } from './ordering/asking.commands.ts'
import { makingCommandList } from './ordering/making.commands.ts'
import { pickupCommandList } from './ordering/pickup/pickup.commands.ts'
import { placingCommandList } from './ordering/placing.commands.ts'
import { outletCommandList } from './outlet/outlet.commands.ts'
import { billCommandList } from './payment/bills/bill.commands.ts'
import { payFirstCommandList } from './payment/bills/pay-first.commands.ts'
import { correctingCommandList } from './payment/correcting.commands.ts'
import { dayCommandList } from './payment/days/day.commands.ts'
import { paymentCommandList } from './payment/payment.commands.ts'
import { practiceCommandList } from './payment/practice.commands.ts'
import { receiptCommandList } from './payment/receipt/receipt.commands.ts'
import { paymentSettingsCommandList } from './payment/settings/settings.commands.ts'
import { deviceCommandList } from './staff/device.commands.ts'
import { staffCommandList } from './staff/staff.commands.ts'
import { tableCommandList } from './tables/table.commands.ts'
import { callCommandList } from './visits/call.commands.ts'
import { visitCommandList } from './visits/visit.commands.ts'

/** Every command that the door knows. */
export const commandList: readonly AnyCommand[] = [
  ...outletCommandList,
  ...staffCommandList,
  ...deviceCommandList,
  ...menuCommandList,
  ...tableCommandList,
  ...visitCommandList,
  ...callCommandList,
  ...placingCommandList,
  ...pickupCommandList,
  ...makingCommandList,
  ...askingCommandList,
  ...billCommandList,
  ...paymentCommandList,
  ...correctingCommandList,
  ...payFirstCommandList,
  ...practiceCommandList,
  ...paymentSettingsCommandList,
  ...dayCommandList,
  ...receiptCommandList,
]
