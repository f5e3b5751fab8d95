import { ref } from 'vue'
import { onKeeping } from './storage-trouble.ts'
import type { OutboxRow } from './stored-rows.ts'

// What this device knows of its commands and found no room to write into their rows. A full phone must still
// send what it keeps, send what comes after it, show a refusal, and never say of a command that may stand at
// the server that it was not sent.

/** What the server said: yes, or no with the state that the row then has. */
export type Said = { readonly isYes: true } | Pick<OutboxRow, 'state' | 'refusal'>

const tried = new Set<string>()
const answers = new Map<string, Said>()
let hadTrouble = false
/** Counts up with each change, so that what is drawn from here is drawn anew. */
export const unkeptRevision = ref(0)

onKeeping((trouble) => {
  if (!trouble || hadTrouble) return
  hadTrouble = true
  unkeptRevision.value++
})

/** Another, far smaller storage of the same origin: it mostly has room, outlives the page, and all tabs see it. */
const keyOf = (id: string) => `meja-tried-${id}`

function isTried(id: string): boolean {
  if (tried.has(id)) return true
  try {
    return window.localStorage.getItem(keyOf(id)) !== null
  } catch {
    // Closed to us, as in some private modes: then this page's memory has to do.
    return false
  }
}

/** Before a row is sent that could not be marked as tried. */
export function noteTried(id: string): void {
  tried.add(id)
  try {
    window.localStorage.setItem(keyOf(id), '1')
  } catch {
    // No room there either; `asKnown` then doubts every row for as long as the trouble lasts.
  }
  unkeptRevision.value++
}

/** After an answer that could not be kept. False when that was so before. */
export function noteAnswer(id: string, said: Said): boolean {
  const isNew = !answers.has(id)
  answers.set(id, said)
  unkeptRevision.value++
  return isNew
}

/** True for a row that the server has answered: nothing that comes after it has to wait. */
export function isAnswered(id: string): boolean {
  return answers.has(id)
}

/** True for a row to which the server said yes: it waits for nothing but its removal. */
export function isTaken(id: string): boolean {
  const said = answers.get(id)
  return said !== undefined && 'isYes' in said
}

/** Once it stands in the row, or the row is gone. */
export function forgetUnkept(id: string): void {
  tried.delete(id)
  answers.delete(id)
  try {
    window.localStorage.removeItem(keyOf(id))
  } catch {
    // Nothing is there then.
  }
  unkeptRevision.value++
}

/**
 * The row with what is known beyond it. Once the storage has failed under this page, an unmarked row may
 * have been sent by an earlier page, which could not write that down: it counts as tried.
 */
export function asKnown(row: OutboxRow): OutboxRow {
  const said = answers.get(row.id)
  if (said && 'state' in said) return { ...row, ...said, attempts: Math.max(1, row.attempts) }
  const isDoubted = row.state === 'waiting' && row.attempts === 0 && (hadTrouble || isTried(row.id))
  return isDoubted ? { ...row, attempts: 1 } : row
}
