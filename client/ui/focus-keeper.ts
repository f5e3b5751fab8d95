// The focus falls out of the page when the control that has it goes away: a card was answered, a line removed, a
// sheet closed over a ticket that left. Whoever goes by keyboard or ear would begin at the top again. It then goes
// to the nearest thing around that control which is still there, or to what in there asks for it by `data-focus`.

import { nextTick } from 'vue'

/** Where the focus was, and all that stood around it then, the nearest first. */
let lastAt: readonly HTMLElement[] = []

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

/** A page that has gone whole leaves nothing: its successor's headline takes the focus, see headline-focus.ts. */
function homeOf(path: readonly HTMLElement[]): HTMLElement | null {
  // What is empty by now tells nobody anything.
  const isHome = (each: HTMLElement) =>
    isThere(each) && each.closest('#app') !== null && each.textContent?.trim() !== ''
  const around = path.slice(1).find(isHome)
  if (!around) return null
  const headline = around.matches('main') ? around.querySelector<HTMLElement>('h1') : null
  return around.querySelector<HTMLElement>('[data-focus]') ?? headline ?? around
}

function bringBack(): void {
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

/** What was sent with something wrong in it: the focus goes to the first field that says so. */
async function showWrong({ target }: Event): Promise<void> {
  await nextTick()
  if (!(target instanceof HTMLFormElement)) return
  target.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}

/** To be called once, by the app's root. */
export function keepFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) lastAt = pathOf(target)
  })
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget !== null || !(target instanceof HTMLElement)) return
    // Left on purpose, by a tap beside it: then nothing has to be brought back.
    queueMicrotask(() => {
      if (lastAt[0] === target && isThere(target)) lastAt = []
    })
  })
  document.addEventListener('submit', (event) => void showWrong(event))
  new MutationObserver(bringBack).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['open'],
  })
}
