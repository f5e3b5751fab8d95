import { computed, ref } from 'vue'
import { storageClosure } from './db.ts'
import { makeId } from './ids.ts'

/** Cookies are blocked; opening the storage failed, or has not been answered yet. */
export type PhoneClosure = 'blocked' | 'failed' | 'silent'

const areCookiesBlocked = ref(false)

/** To be called once, by the customer's app: without the cookie that a scan brings, no order is anybody's. */
export function tryCookies(): void {
  areCookiesBlocked.value = !keepsCookies()
}

/** Tried out, because `navigator.cookieEnabled` may say yes all the same. The Cookie Store is not on every phone. */
function keepsCookies(): boolean {
  const { document: page } = window
  // Of this page alone: another that opens at this moment takes away its own.
  const probe = `meja-probe-${makeId('cmd')}=1`
  try {
    page.cookie = `${probe}; path=/; SameSite=Strict`
    const isKept = page.cookie.includes(probe)
    page.cookie = `${probe}; path=/; SameSite=Strict; Max-Age=0`
    return isKept
  } catch {
    // Some frames may not even ask.
    return false
  }
}

/** Why this page can neither order nor show what was ordered from this phone before; null when it can. */
export const phoneClosure = computed<PhoneClosure | null>(() =>
  areCookiesBlocked.value ? 'blocked' : storageClosure.value,
)
