import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTab, takePhone } from '../../../support/phone-tab.ts'

beforeEach(() => {
  takePhone()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A page with these cookies; `localStorage` is there or not, as the case may be, and proves nothing. */
async function openPage(document: object, localStorage: Storage | null) {
  vi.stubGlobal('window', Object.assign(new EventTarget(), { document, localStorage }))
  const { db } = await openTab()
  const { phoneClosure, tryCookies } = await import('../../../../client/sync/phone-closure.ts')
  await db.opensInTime()
  tryCookies()
  return phoneClosure
}

const working = { cookie: '' }
const deaf = Object.defineProperty({}, 'cookie', { get: () => '', set: () => undefined })
const shut = Object.defineProperty({}, 'cookie', {
  get: () => {
    throw new DOMException('The document is sandboxed.', 'SecurityError')
  },
})

test.each([
  ['kept', working, null],
  ['not kept, though the storage opens', deaf, 'blocked'],
  ['not to be asked about', shut, 'blocked'],
])('cookies are %s', async (_, document, said) => {
  for (const localStorage of [null, {} as Storage]) {
    expect((await openPage(document, localStorage)).value).toBe(said)
  }
})

test('storage that cannot be opened is not taken for blocked cookies where there is no other storage either', async () => {
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('Access is denied.', 'SecurityError')
  })
  expect((await openPage(working, null)).value).toBe('failed')
  expect((await openPage(deaf, null)).value).toBe('blocked')
})
