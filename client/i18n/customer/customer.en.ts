import type { Translation } from '../dictionary.ts'
import { cartEn } from './cart.en.ts'
import type { customerId } from './customer.id.ts'
import { menuEn } from './menu.en.ts'

export const customerEn: Translation<typeof customerId> = {
  greeting: { hello: 'Hello, what would you like to drink?' },
  settings: {
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'Same as phone', light: 'Light', dark: 'Dark' },
  },
  connection: {
    offline: 'Not connected to the café. The menu can still be read; orders are saved on this phone.',
  },
  menu: menuEn,
  cart: cartEn,
  refusal: {
    unknown: (facts) =>
      `This request was refused (${facts.code}). Nothing has changed; try again or call the barista.`,
  },
}
