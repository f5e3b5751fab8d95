import { nextTick } from 'vue'
import type { Router } from 'vue-router'

/** A page may still read its storage, and change its headline, for so long after it was opened. */
const SETTLES_MS = 2_000

/** After a change of page the focus goes to the new headline; else it would fall out of the page, and be read from the top. */
export function focusHeadlines(router: Router): void {
  let isFirst = true
  router.afterEach(async (to, from, failure) => {
    const isOpening = isFirst
    isFirst = false
    if (isOpening || failure || to.path === from.path) return
    const before = document.activeElement
    await nextTick()
    // A page that puts the focus somewhere itself knows better.
    if (document.activeElement !== before && !isNowhere()) return
    focusHeadline()
    keepForAMoment()
  })
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

function focusHeadline(): void {
  const headline = document.querySelector<HTMLElement>('h1')
  if (!headline) return
  headline.tabIndex = -1
  headline.focus({ preventScroll: true })
}

/** The headline may be drawn anew, and a closing sheet gives the focus back to a button that has gone with its page. */
function keepForAMoment(): void {
  const observer = new MutationObserver(() => {
    if (isNowhere()) focusHeadline()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  window.setTimeout(() => observer.disconnect(), SETTLES_MS)
}
