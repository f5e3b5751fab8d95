import { watch } from 'vue'

/** A tap this soon was aimed at what stood there before, or is the second of a double tap. */
const SETTLE_MS = 500

/**
 * For a button whose meaning changes under the finger: answers whether a tap counts. None does soon after one that
 * did, or after a change of `meaning`; nor, with `isNew`, where the button has only just come.
 */
export function useOneTap(meaning: () => unknown, isNew = false): () => boolean {
  let changedAtMs = isNew ? Date.now() : 0
  watch(meaning, () => {
    changedAtMs = Date.now()
  })
  return () => {
    if (Date.now() - changedAtMs < SETTLE_MS) return false
    changedAtMs = Date.now()
    return true
  }
}
