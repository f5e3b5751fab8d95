const loading = new Map<string, Promise<void>>()

function load(href: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new Error(`The stylesheet ${href} could not be fetched.`))
    }
    document.head.append(link)
  })
}

/** The look of pages that the first view does not carry, fetched once; what failed is tried again by the next call. */
export function loadStylesheet(href: string): Promise<void> {
  const known = loading.get(href)
  if (known) return known
  const next = load(href).catch((error: unknown) => {
    loading.delete(href)
    throw error
  })
  loading.set(href, next)
  return next
}
