import { type ComputedRef, computed, onScopeDispose, type Ref, readonly, ref, shallowRef } from 'vue'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { getJson } from '../sync/api.ts'
import { backoffMs, waitUntilWorthTrying } from '../sync/backoff.ts'
import { readSetting, writeSetting } from '../sync/db.ts'

const SETTING = 'outlets'

/** All outlets: as this phone knows them until the server says; asked until it answers. */
export function useOutlets(early: readonly Outlet[]): {
  readonly outlets: ComputedRef<readonly Outlet[]>
  readonly isAsking: Readonly<Ref<boolean>>
  /** The server's own list is here. */
  readonly isWhole: Readonly<Ref<boolean>>
  readonly again: () => void
} {
  const stored = shallowRef<readonly Outlet[]>(early)
  const isAsking = ref(true)
  const isWhole = ref(false)
  const stop = new AbortController()
  const wake = new EventTarget()

  async function ask(): Promise<boolean> {
    isAsking.value = true
    const { body } = await getJson<{ outlets: Outlet[] }>('/api/outlets')
    // Without an answer this phone may still know them, and nobody is to read before that they cannot be shown.
    void (body ? Promise.resolve() : known).then(() => {
      isAsking.value = false
    })
    if (!body) return false
    stored.value = body.outlets
    isWhole.value = true
    // Without storage the list is simply asked for again next time.
    void writeSetting(SETTING, body.outlets).catch(() => undefined)
    return true
  }

  async function readKnown(): Promise<void> {
    const kept = await readSetting<readonly Outlet[]>(SETTING).catch(() => undefined)
    if (kept && !isWhole.value) stored.value = kept
  }

  async function askUntilAnswered(): Promise<void> {
    for (let attempt = 0; !stop.signal.aborted; attempt++) {
      if (await ask()) return
      await waitUntilWorthTrying(1000 + backoffMs(attempt), stop.signal, wake)
    }
  }
  const known = readKnown()
  void askUntilAnswered()
  onScopeDispose(() => stop.abort())

  return {
    outlets: computed(() => stored.value),
    isAsking: readonly(isAsking),
    isWhole: readonly(isWhole),
    again: () => wake.dispatchEvent(new Event('wake')),
  }
}
