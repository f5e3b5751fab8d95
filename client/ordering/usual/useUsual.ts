import { type ComputedRef, computed, toRaw } from 'vue'
import type { Choice } from '#shared/menu/choices.ts'
import type { Order } from '#shared/ordering/order.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { database } from '../../sync/db.ts'
import { recordsOf } from '../../sync/read-records.ts'
import { useLive } from '../../sync/useLive.ts'
import { lastChoices, type PastLine, type Usual, usualsOf } from './usual-order.ts'

const READ_ORDERS = 60

let early: readonly PastLine[] = []

/** Reads ahead of the first mount, so that "the usual" stands in the first view and moves nothing later. */
export async function prepareUsual(): Promise<void> {
  early = await readPastLines()
}

/** What this phone has ordered: its own stream, not the table's, and what still waits in its outbox. */
async function readPastLines(): Promise<readonly PastLine[]> {
  const rows = await recordsOf({ kind: 'order' })
  const sent = rows
    .filter((row) => row.stream.startsWith('customer:'))
    .map((row) => row.body as Order)
    .filter((order) => order.status !== 'rejected' && order.status !== 'cancelled')
    .sort((a, b) => b.placedAtMs - a.placedAtMs)
    .slice(0, READ_ORDERS)
    .flatMap(({ lines, placedAtMs }) => lines.map((line) => ({ ...line, atMs: placedAtMs })))
  const waiting = (await database().outbox.toArray())
    .filter((row) => row.name === 'order.place' && row.state === 'waiting')
    .flatMap(({ args, createdAtMs }) =>
      (args as CommandArgs<'order.place'>).lines.map((line) => ({ ...line, atMs: createdAtMs })),
    )
  return [...sent, ...waiting]
}

/** "Yang biasa", and each item's last choices. */
export function useUsual(canOrder: (usual: Usual) => boolean): {
  readonly usuals: ComputedRef<readonly Usual[]>
  readonly lastChoicesOf: (itemId: string) => readonly Choice[] | null
} {
  const live = useLive(readPastLines, early)
  const past = computed(() => toRaw(live.value))
  const lasts = computed(() => lastChoices(past.value))
  return {
    usuals: computed(() => usualsOf(past.value, canOrder, 1)),
    lastChoicesOf: (itemId) => lasts.value.get(itemId) ?? null,
  }
}
