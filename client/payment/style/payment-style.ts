import { loadStylesheet } from '../../ui/style/load-stylesheet.ts'
import bill from './bill.css?url'
import payment from './payment.css?url'

/** The look of the pages of paying, fetched with them: the menu's one stylesheet does not carry it. */
export async function loadPaymentStyle(): Promise<void> {
  await Promise.all([loadStylesheet(bill), loadStylesheet(payment)])
}
