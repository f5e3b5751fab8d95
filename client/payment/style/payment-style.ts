import href from './payment.css?url'

let loading: Promise<void> | null = null

/** The look of the pages of paying, fetched with them: the menu's one stylesheet does not carry it. */
export function loadPaymentStyle(): Promise<void> {
  loading ??= new Promise<void>((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = () => resolve()
    link.onerror = () => {
      // Without signal: the next visit to the page tries again.
      loading = null
      link.remove()
      reject(new Error('The stylesheet of paying could not be fetched.'))
    }
    document.head.append(link)
  })
  return loading
}
