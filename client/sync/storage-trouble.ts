/** Full, or failing for another reason: private mode, a damaged file, a browser's fault. */
export type StorageTrouble = 'full' | 'broken'

/** Browsers and Dexie wrap the one error that says "full" in others. */
export function troubleOf(error: unknown): StorageTrouble {
  for (let each = error, depth = 0; each instanceof Object && depth < 5; depth++) {
    const { name, inner, cause } = each as { name?: unknown; inner?: unknown; cause?: unknown }
    if (name === 'QuotaExceededError') return 'full'
    each = inner ?? cause
  }
  return 'broken'
}

const listeners = new Set<(trouble: StorageTrouble | null) => void>()

/** Calls `listener` after each try to keep something on this device: with what failed, or null. */
export function onKeeping(listener: (trouble: StorageTrouble | null) => void): void {
  listeners.add(listener)
}

/** Said by whoever keeps something; null when it worked. */
export function tellKeeping(trouble: StorageTrouble | null): void {
  for (const listener of listeners) listener(trouble)
}
