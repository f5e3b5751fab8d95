const words = {
  id: {
    title: 'Sebentar ya, Kak',
    what: 'Server kedai sedang tidak bisa membaca datanya. Pesanan yang sudah terkirim tetap tersimpan.',
    next: 'Halaman ini mencoba lagi sendiri. Kalau buru-buru, silakan pesan langsung ke barista.',
    again: 'Coba lagi sekarang',
  },
  en: {
    title: 'One moment, please',
    what: "The café's server cannot read its data right now. Orders that were already sent are kept.",
    next: 'This page tries again by itself. If you are in a hurry, please order at the counter.',
    again: 'Try again now',
  },
} as const
type Language = keyof typeof words

function part(language: Language, heading: 'h1' | 'h2'): string {
  const say = words[language]
  const title = `<${heading} class="headline">${say.title}</${heading}>`
  return `<section class="head" lang="${language}">${title}<p class="sub">${say.what}</p><p class="sub">${say.next}</p><p class="sub"><a class="pill" href="">${say.again}</a></p></section>`
}

/**
 * What a scan is answered with while the database cannot be read: readable in both languages, the asked one
 * first, in the look of `shell` (the customer's built page), without any of its scripts.
 */
export function unavailablePage(shell: string, language: Language): string {
  const styles = shell.match(/<link rel="stylesheet"[^>]*>/g)?.join('') ?? ''
  const other = language === 'id' ? 'en' : 'id'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="color-scheme" content="light dark"><title>${words[language].title}</title>${styles}<script src="/retry.js" defer></script></head><body><main class="page">${part(language, 'h1')}${part(other, 'h2')}</main></body></html>`
}
