import { defineStore } from 'pinia'
import { computed, readonly, ref, shallowRef } from 'vue'
import type { CommandArgs } from '#shared/protocol.ts'
import { onOpenedLate } from '../../sync/db.ts'
import { makeId } from '../../sync/ids.ts'
import {
  type Added,
  addLine,
  type CartLine,
  changeLine,
  countByItemId,
  countOf,
  type NewLine,
  putBack,
  removeLine,
  requestOf,
} from './cart-lines.ts'
import { followCart, readCart, type StoredCart, sendCart, withOrderLines, writeCart } from './cart-storage.ts'

type PlaceArgs = CommandArgs<'order.place'>
/** What an order says besides the cart: where it is brought, or where and when it is fetched. */
export type PlaceWish =
  | Pick<PlaceArgs, 'token' | 'shownTotalRp'>
  | Omit<CommandArgs<'pickup.place'>, 'orderId' | 'lines' | 'note'>

export type Placed =
  | { readonly ok: true; readonly orderId: string }
  | { readonly ok: false; readonly why: 'not_stored' | 'elsewhere' | 'placing' }

/** The lines and the note, kept in this phone's storage with every change. */
function keepCart() {
  const lines = shallowRef<readonly CartLine[]>([])
  const note = ref('')
  const isUnsaved = ref(false)
  let revision = 0
  let saving: Promise<void> = Promise.resolve()
  let joining: Promise<void> = Promise.resolve()

  function save(): void {
    revision += 1
    saving = writeCart({ lines: lines.value, note: note.value, revision }).then(
      () => {
        isUnsaved.value = false
      },
      () => {
        isUnsaved.value = true
      },
    )
  }

  function adopt(stored: StoredCart | null | undefined): void {
    if (!stored || stored.revision <= revision) return
    lines.value = stored.lines
    note.value = stored.note
    revision = stored.revision
  }

  /** What was kept before comes first, and what was chosen before it could be read stays. */
  function join(stored: StoredCart | undefined): void {
    if (revision === 0) {
      adopt(stored)
      return
    }
    const before = stored?.lines ?? []
    const chosen = lines.value.filter(({ key }) => !before.some((line) => line.key === key))
    if (before.length > 0)
      lines.value = chosen.reduce((all, line) => addLine(all, line, line.key).lines, before)
    note.value ||= stored?.note ?? ''
    revision = Math.max(revision, stored?.revision ?? 0)
    save()
  }

  function joinKept(): Promise<void> {
    joining = readCart().then(join)
    return joining
  }
  /** Whatever was kept before is here, as far as it could be read. */
  const joined = () => joining.catch(() => undefined)

  return {
    lines,
    note,
    isUnsaved,
    adopt,
    joined,
    saved: () => saving,
    revision: () => revision,
    setLines(next: readonly CartLine[]): void {
      if (next === lines.value) return
      lines.value = next
      save()
    },
    setNote(text: string): void {
      note.value = text
      save()
    },
    /** Brings back what a closed tab left, and follows other tabs from then on. To be called once. */
    async restore(): Promise<void> {
      await joinKept()
      // What is followed may come first: then it would replace what it is to stand beside.
      followCart((stored) => void joined().then(() => adopt(stored)))
      onOpenedLate(joinKept)
    },
  }
}

/** What was chosen and not sent yet. It outlives the tab; it belongs to no table until it is sent. */
export const useCart = defineStore('cart', () => {
  const kept = keepCart()
  const { lines, note, setLines } = kept
  const isPlacing = ref(false)
  /** The total that a restored order was refused with, until the guest has seen the new one. */
  const restoredTotalRp = ref<number | null>(null)
  /** Made at the first tap on "order" and kept for this very cart, however often it is tapped. */
  let order = { id: '', revision: -1 }

  function add(line: NewLine): Added['outcome'] {
    const added = addLine(lines.value, line, makeId('lin'))
    setLines(added.lines)
    return added.outcome
  }

  /** Answers how to undo it. */
  function remove(key: string): () => void {
    const place = lines.value.findIndex((line) => line.key === key)
    const line = lines.value[place]
    if (!line) return () => undefined
    setLines(removeLine(lines.value, key))
    return () => setLines(putBack(lines.value, line, place))
  }

  /** Sends the cart by way of the outbox; it is empty only once the order is kept on this phone. */
  async function place(wish: PlaceWish): Promise<Placed> {
    if (isPlacing.value) return { ok: false, why: 'placing' }
    isPlacing.value = true
    const [shownLines, shownNote] = [lines.value, note.value]
    try {
      await kept.joined()
      // What joined it now has not been seen: it is not ordered unasked.
      if (lines.value !== shownLines || note.value !== shownNote) return { ok: false, why: 'elsewhere' }
      const revision = kept.revision()
      if (order.revision !== revision) order = { id: makeId('ord'), revision }
      const orderId = order.id
      const args = { orderId, ...wish, lines: shownLines.map(requestOf), note: shownNote.trim() }
      const emptied = await sendCart(args, revision)
      kept.adopt(emptied)
      return emptied ? { ok: true, orderId } : { ok: false, why: 'elsewhere' }
    } catch {
      // Also what fails at the commit itself: the order is nowhere, the cart is still here.
      return { ok: false, why: 'not_stored' }
    } finally {
      isPlacing.value = false
    }
  }

  /** Brings a refused or past order back, beside what is already here. Kept on the phone once it resolves. */
  async function restoreFrom(
    args: Pick<PlaceArgs, 'lines' | 'note'> & { readonly shownTotalRp?: number },
  ): Promise<void> {
    const next = await withOrderLines(lines.value, args.lines)
    restoredTotalRp.value = lines.value.length === 0 ? (args.shownTotalRp ?? null) : null
    if (note.value === '') note.value = args.note
    setLines(next)
    await kept.saved()
  }

  return {
    lines,
    note: readonly(note),
    isUnsaved: readonly(kept.isUnsaved),
    isPlacing: readonly(isPlacing),
    restoredTotalRp,
    count: computed(() => countOf(lines.value)),
    countByItemId: computed(() => countByItemId(lines.value)),
    restore: kept.restore,
    add,
    change: (key: string, change: Partial<NewLine>) => setLines(changeLine(lines.value, key, change)),
    remove,
    setNote: kept.setNote,
    place,
    restoreFrom,
  }
})
