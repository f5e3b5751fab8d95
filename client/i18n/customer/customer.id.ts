import type { RefusalWords } from '../dictionary.ts'
import { cartId } from './cart.id.ts'
import { menuId } from './menu.id.ts'

/** The customer's words. A part that outgrows this file moves to its own, e.g. menu.id.ts, and is imported here. */
export const customerId = {
  greeting: { hello: 'Halo Kak, mau ngopi apa?' },
  settings: {
    language: 'Bahasa',
    theme: 'Tampilan',
    themes: { system: 'Ikuti HP', light: 'Terang', dark: 'Gelap' },
  },
  connection: {
    offline: 'Belum tersambung ke kafe. Menu tetap bisa dibaca, pesanan disimpan di HP ini.',
  },
  menu: menuId,
  cart: cartId,
  refusal: {
    unknown: (facts) =>
      `Permintaan ini ditolak (${facts.code}). Tidak ada yang berubah; coba lagi atau panggil barista.`,
  } satisfies RefusalWords,
}
