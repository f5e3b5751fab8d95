import type { Translation } from '../dictionary.ts'
import type { menuId } from './menu.id.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function moment(daysAhead: number, weekday: number, clock: string): string {
  if (daysAhead === 0) return `at ${clock}`
  return `${daysAhead === 1 ? 'tomorrow' : (days[weekday] ?? '')} at ${clock}`
}

export const menuEn: Translation<typeof menuId> = {
  skip: 'Skip to the menu',
  skipToCart: 'Skip to the cart',
  hello: {
    morning: 'Good morning,',
    noon: 'Hello there,',
    afternoon: 'Good afternoon,',
    evening: 'Good evening,',
  },
  question: 'what can we make you?',
  table: (label, outlet) => `Table ${label} · ${outlet}`,
  loading: 'Loading the menu…',
  open: (clock) => `Open until ${clock}`,
  openAllDay: 'Open 24 hours',
  closed: 'Closed, no opening time set yet',
  closedUntil: (daysAhead, weekday, clock) => `Closed now, opens ${moment(daysAhead, weekday, clock)}`,
  busy: (minutes) =>
    minutes > 0
      ? `Busy right now: orders take about ${minutes} minutes longer.`
      : 'Busy right now: orders take a little longer.',
  paused: 'The barista is not taking phone orders at the moment.',
  readOnly: 'To order, scan the QR code on your table.',
  offline: 'Not connected to the café · menu saved on this phone',
  search: {
    label: 'Search the menu',
    placeholder: 'Search coffee, tea, snacks…',
    clear: 'Clear the search',
    results: (count) => (count === 0 ? 'Nothing matches' : count === 1 ? '1 result' : `${count} results`),
    title: 'Search results',
    none: (query) => `Nothing found for “${query}”`,
    noneHint: 'Try another word, or look through the whole menu.',
    showAll: 'Show the whole menu',
    failed: 'Search is not loaded yet. Try again when you have signal.',
  },
  categories: 'Menu categories',
  favourites: 'Favourites',
  empty: 'The menu is still empty',
  emptyHint: 'Ask the barista what there is today.',
  badges: { favourite: 'favourite', new: 'new', spicy: 'spicy', seasonal: 'seasonal' },
  soldOut: {
    time: (clock) => `sold out until ${clock}`,
    closing: 'sold out today',
    told: 'sold out',
  },
  notNow: (daysAhead, weekday, clock) =>
    daysAhead === 0 ? `from ${clock}` : moment(daysAhead, weekday, clock),
  notNowDay: (day, clock) => `${day} at ${clock}`,
  offSeason: (season, day) => `only during ${season}${day && `, from ${day}`}`,
  notHere: 'not at the table',
  notToGo: 'only at the table',
  add: (name) => `Add ${name}`,
  cannotAdd: (name, why) => `${name}: ${why}`,
  inCart: (count) => `${count} in your order`,
  usual: 'Your usual',
  sheet: {
    pickOne: 'choose 1',
    pickSome: (min, max) => (min === max ? `choose ${min}` : `choose ${min}–${max}`),
    upTo: (max) => (max === 1 ? 'up to 1' : `up to ${max}`),
    last: (names) => `last time: ${names}`,
    tooFew: (min) => `Choose ${min} first.`,
    tooMany: (max) => `At most ${max}. Take one away first.`,
    contains: (allergens) => `Contains ${allergens}.`,
    suits: (diets) => `Suits: ${diets}.`,
    allergens: {
      milk: 'milk',
      egg: 'egg',
      wheat: 'wheat',
      peanut: 'peanuts',
      nuts: 'tree nuts',
      soy: 'soy',
      fish: 'fish',
      shellfish: 'shellfish',
      sesame: 'sesame',
    },
    diets: {
      vegetarian: 'vegetarian',
      vegan: 'vegan',
      'no-caffeine': 'no caffeine',
      'no-sugar': 'no sugar',
    },
    note: 'Note for the barista',
    noteHint: 'For example: not too hot.',
    quantity: (name) => `quantity of ${name}`,
    add: 'Add',
    save: 'Save',
    gone: 'No longer on the menu.',
    cannot: (why) => `Cannot be ordered now: ${why}.`,
    fixChoices: 'One of the choices needs a look.',
    notLoaded: 'This part has not loaded yet. Try again when you have signal.',
  },
  home: {
    title: 'Which outlet shall it be?',
    text: 'Choose an outlet to read its menu. Already at a table? Scan its QR code.',
    textPickup:
      'Choose an outlet to read its menu and order for pick-up. Already at a table? Scan its QR code.',
    outlets: 'Outlets',
    unreachable: 'The list of outlets cannot be opened yet',
    unreachableHint:
      'There is no signal and this phone has not opened it before. It is tried again when the signal is back.',
    again: 'Try again',
    offlineTitle: 'This menu cannot be opened yet',
    offlineText:
      'This phone is not connected and has not opened this outlet’s menu before. The address stays on this page, and the menu opens by itself once connected.',
    unknownTitle: 'There is no such outlet',
    unknownText: 'The address may be mistyped. Choose an outlet from the list.',
  },
  code: {
    unknownTitle: 'This code is not known',
    unknownText: 'It may have been cut off. Scan the QR code on the table once more, or call the barista.',
    replacedTitle: 'This table code has been replaced',
    replacedText: 'Please ask the barista for the new code and scan it.',
    cartKept: 'Your cart stays on this phone.',
    unreachableTitle: 'Not connected yet',
    unreachableText:
      'This phone cannot reach the café, so the table cannot be opened yet. It keeps trying; the café’s Wi-Fi may help.',
    trying: 'Trying again…',
    again: 'Try now',
    readMenu: 'Read the menu meanwhile',
    allOutlets: 'Choose an outlet',
  },
  settings: {
    open: 'Settings',
    title: 'Settings',
    languages: { id: 'Bahasa Indonesia', en: 'English' },
    orders: 'Your orders and the table’s bill',
    languageFailed: 'English cannot be loaded right now. Try again when you have signal.',
    outlets: 'See another outlet’s menu',
    pickup: 'Order for pick-up',
    install: 'Install on this phone',
    installHint: 'The menu then opens from the home screen, also without signal.',
    installIos: 'In Safari: tap the Share button, then “Add to Home Screen”.',
  },
}
