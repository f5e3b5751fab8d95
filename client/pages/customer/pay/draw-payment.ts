import { formatRp } from '#shared/kernel/money.ts'
import { isPractice, type Payment } from '#shared/payment/payment.ts'
import { qrDrawing } from '../../../codes/qr-drawing.ts'
import { drawCodeImage } from '../../../payment/code/code-image.ts'
import { shownQris } from '../../../payment/code/qris-check.ts'

/** The code of a payment as a picture; null when it may not be shown. `footer` says until when it is good. */
export async function drawPayment(payment: Payment, footer: string, mark: string): Promise<Blob | null> {
  const shown = shownQris(payment)
  if (!shown) return null
  return drawCodeImage({
    drawing: await qrDrawing(shown.text),
    title: shown.merchantName,
    amount: formatRp(payment.askedRp),
    footer,
    mark: isPractice(payment) ? mark : null,
  })
}
