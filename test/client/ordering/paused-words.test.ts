import { describe, expect, it } from 'vitest'
import { refusalSentence } from '../../../client/i18n/dictionary.ts'
import { ordersEn } from '../../../client/i18n/orders/orders.en.ts'
import { ordersId } from '../../../client/i18n/orders/orders.id.ts'

const inBoth = (refusal: { readonly code: string; readonly [fact: string]: unknown }) =>
  [ordersId.refusal, ordersEn.refusal].map((words) => refusalSentence({ unknown: '', ...words }, refusal))

describe('an order that met a pause', () => {
  it('tells the guest what the barista wrote, each in their language', () => {
    const message = { id: 'Mesin kopi rusak sampai jam 3.', en: 'Coffee machine down until 3.' }
    const [indonesian, english] = inBoth({ code: 'order.outlet_paused', message })
    expect(indonesian).toContain('Kata barista: “Mesin kopi rusak sampai jam 3.”')
    expect(english).toContain('The barista says: “Coffee machine down until 3.”')
  })

  it.each([
    [{}],
    [{ message: null }],
    [{ message: 'closed' }],
    [{ message: { id: ' ', en: '' } }],
    [{ message: { id: 3, en: {} } }],
  ])('says it in our own words without a message: %j', (facts) => {
    const sentences = inBoth({ code: 'order.outlet_paused', ...facts })
    expect(sentences).toEqual([
      'Bar sedang tidak menerima pesanan baru. Isinya masih di HP ini; coba lagi nanti.',
      'The bar takes no new orders right now. It is still on this phone; try again later.',
    ])
  })
})
