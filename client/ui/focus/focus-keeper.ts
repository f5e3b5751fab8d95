// The focus falls out of the page when the control that has it goes away: a card was answered, a line removed, a
// sheet closed over a ticket that left. Whoever goes by keyboard or ear would begin at the top again. It then goes
// to what asks for it by `data-focus`, to the next row of the list, or to the heading of what stood around it.

import { nextTick } from 'vue'
import { keepSiblings, neighbourOf } from './removed-siblings.ts'

const HEADINGS = 'h1, h2, h3, h4, h5, h6'
const LISTS = 'ol, ul'
const CONTROLS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary'
const MAX_SHEETS_OVER_SHEETS = 5

/** Where the focus was, and all that stood around it then, the nearest first. */
let lastAt: readonly HTMLElement[] = []
/** Where it was before each dialog took it. */
const openers = new WeakMap<HTMLElement, readonly HTMLElement[]>()
let isDue = false

function isNowhere(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || !isThere(activeElement)
}

function isThere(element: Element): boolean {
  return element.isConnected && (element.checkVisibility?.() ?? true)
}

function pathOf(element: HTMLElement): HTMLElement[] {
  const path: HTMLElement[] = []
  for (let each: HTMLElement | null = element; each && each.id !== 'app'; each = each.parentElement)
    path.push(each)
  return path
}

function firstIn(within: HTMLElement, selector: string): HTMLElement | undefined {
  return [...within.querySelectorAll<HTMLElement>(selector)].find(isThere)
}

function holdsList(element: HTMLElement): boolean {
  return element.matches(LISTS) || element.querySelector(LISTS) !== null
}

/** What a row is known by, never the whole of it; a control only where it has no name, for a key may be pressed still. */
function homeInRow(row: HTMLElement): HTMLElement | null {
  if (!isThere(row)) return null
  const name = firstIn(row, '[data-focus]') ?? firstIn(row, HEADINGS) ?? firstIn(row, 'article[aria-label]')
  return name ?? firstIn(row, CONTROLS) ?? null
}

/** In what is left around the thing that went away; null where it says nothing, or is too much to be read at once. */
function homeIn(around: HTMLElement, gone: HTMLElement): HTMLElement | null {
  // What is empty by now tells nobody anything.
  if (!isThere(around) || around.closest('#app') === null || around.textContent?.trim() === '') return null
  if (around.matches(LISTS)) return neighbourOf(gone, homeInRow)
  const named = firstIn(around, '[data-focus]') ?? firstIn(around, HEADINGS)
  const isWhole = around.matches('main, #app > *') || [around, gone].some(holdsList)
  return named ?? (isWhole ? null : around)
}

/** A page that has gone whole leaves nothing: its successor's headline takes the focus, see headline-focus.ts. */
function homeOf(path: readonly HTMLElement[], depth = 0): HTMLElement | null {
  for (const [index, around] of path.entries()) {
    const opener = around instanceof HTMLDialogElement && !isThere(around) ? openers.get(around) : undefined
    // A sheet that has closed leaves the focus to what had opened it, or to what is left around that.
    if (opener?.[0] && depth < MAX_SHEETS_OVER_SHEETS)
      return isThere(opener[0]) ? opener[0] : homeOf(opener, depth + 1)
    const gone = path[index - 1]
    const home = gone ? homeIn(around, gone) : null
    if (home) return home
  }
  return null
}

function bringBack(): void {
  isDue = false
  const [last] = lastAt
  if (!last || isThere(last) || !isNowhere()) return
  const home = homeOf(lastAt)
  lastAt = []
  if (!home) return
  if (!home.hasAttribute('tabindex') && home.tabIndex < 0) {
    home.tabIndex = -1
    home.classList.add('took-focus')
  }
  home.focus({ preventScroll: true })
}

/** A closing dialog gives the focus back itself, and says that it is closed before: only a task later it is lost. */
function lookLater(records: readonly MutationRecord[]): void {
  keepSiblings(records)
  const [last] = lastAt
  if (isDue || !last || isThere(last)) return
  isDue = true
  window.setTimeout(bringBack)
}

/** What was sent with something wrong in it: the focus goes to the first field that says so. */
async function showWrong({ target }: Event): Promise<void> {
  await nextTick()
  if (!(target instanceof HTMLFormElement)) return
  target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}

function noteFocus({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement)) return
  const dialog = target.closest('dialog')
  if (dialog && lastAt.length > 0 && !lastAt.includes(dialog)) openers.set(dialog, lastAt)
  lastAt = pathOf(target)
}

/** To be called once, by the app's root. */
export function keepFocus(): void {
  document.addEventListener('focusin', noteFocus)
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return
    // Left on purpose, by a tap beside it: then nothing has to be brought back.
    queueMicrotask(() => {
      if (lastAt[0] === target && isThere(target)) lastAt = []
    })
  })
  document.addEventListener('submit', (event) => void showWrong(event))
  new MutationObserver(lookLater).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['open'],
  })
}
