import { type Ref, readonly, ref, shallowRef } from 'vue'
import { readSetting, writeSetting } from '../../sync/db.ts'

const SETTING = 'pickup'

/** When it is wanted at which outlet, and whom to call. `wantedAtMs` null is "as soon as possible". */
export type PickupWish = {
  readonly outletId: string
  readonly wantedAtMs: number | null
  readonly name: string
}

const wish = shallowRef<PickupWish>({ outletId: '', wantedAtMs: null, name: '' })
const isRestored = ref(false)
let isAsked = false

async function restore(): Promise<void> {
  isAsked = true
  // Without storage the wish lasts as long as this page.
  const stored = await readSetting<PickupWish>(SETTING).catch(() => undefined)
  if (stored && wish.value.outletId === '') wish.value = stored
  isRestored.value = true
}

function change(next: Partial<PickupWish>): void {
  wish.value = { ...wish.value, ...next }
  void writeSetting(SETTING, wish.value).catch(() => undefined)
}

/** What this phone wishes for its next pick-up. It outlives the tab; the name is kept for the next time. */
export function usePickupWish(): {
  readonly wish: Readonly<Ref<PickupWish>>
  readonly isRestored: Readonly<Ref<boolean>>
  readonly want: (outletId: string, wantedAtMs: number | null) => void
  readonly callMe: (name: string) => void
} {
  if (!isAsked) void restore()
  return {
    wish,
    isRestored: readonly(isRestored),
    want: (outletId, wantedAtMs) => change({ outletId, wantedAtMs }),
    callMe: (name) => change({ name }),
  }
}
