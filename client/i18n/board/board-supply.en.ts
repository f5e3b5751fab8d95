import type { Translation } from '../dictionary.ts'
import type { boardSupplyId } from './board-supply.id.ts'

export const boardSupplyEn: Translation<typeof boardSupplyId> = {
  load: {
    title: 'How busy is it?',
    mode: 'Mode',
    modes: { normal: 'Normal', busy: 'Busy', paused: 'Pause ordering' },
    help: {
      normal: 'Orders arrive as usual.',
      busy: 'Promised times get longer, and guests are told.',
      paused: 'New orders are refused with the message below. The menu can still be read.',
    },
    addMinutes: 'Extra minutes',
    messageId: 'Message to guests (Indonesian)',
    messageEn: 'Message to guests (English)',
    messageHint: 'Fill in both, or leave both empty.',
    messageMissing: 'The message is needed in both languages.',
    pausedId: 'Bar sedang penuh. Pesanan dibuka lagi sebentar lagi.',
    pausedEn: 'The bar is full right now. Ordering opens again shortly.',
    save: 'Apply',
    saved: 'Mode changed. Guests see it as soon as it is sent.',
  },
  soldOut: {
    title: 'Sold out items',
    search: 'Search the menu',
    none: 'Everything is available. Search above for what has run out.',
    noMatch: 'Nothing on the menu matches.',
    until: (name) => `${name}: sold out until when?`,
    minutes: (count) => (count < 60 ? `${count} minutes` : `${count / 60} h`),
    closing: 'Until closing',
    told: 'Until it is back',
    state: {
      time: (time) => `sold out until ${time}`,
      closing: 'sold out until closing',
      told: 'sold out until it is back',
    },
    mark: 'Mark sold out',
    markLabel: (name) => `Mark sold out: ${name}`,
    backOn: 'Back on',
    backOnLabel: (name) => `${name} is back on`,
    cancel: 'Cancel',
  },
}
