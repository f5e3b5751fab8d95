import { readonly, shallowRef } from 'vue'
import { readSetting, writeSetting } from '../ui/device/device-settings.ts'

const KEY = 'meja.read-outcomes'
/** More orders than one phone places in many visits. */
const MAX_KEPT = 60
const read = shallowRef<ReadonlySet<string>>(new Set(readSetting(KEY)?.split('\n') ?? []))

/** The outcomes of orders that the guest has read on this phone. */
export const readOutcomes = readonly(read)

export function markRead(outcome: string): void {
  const kept = [...new Set([...read.value, outcome])].slice(-MAX_KEPT)
  read.value = new Set(kept)
  writeSetting(KEY, kept.join('\n'))
}
