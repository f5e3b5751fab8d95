import bill from './bill.css?url'
import payment from './payment.css?url'

function load(href: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new Error('The stylesheet of paying could not be fetched.'))
    }
    document.head.append(link)
  })
}

let loading: Promise<unknown> | null = null

/** The look of the pages of paying, fetched with them: the menu's one stylesheet does not carry it. */
export async function loadPaymentStyle(): Promise<void> {
  // Without signal: the next visit to the page tries again.
  loading ??= Promise.all([load(bill), load(payment)]).catch((error) => {
    loading = null
    throw error
  })
  await loading
}
