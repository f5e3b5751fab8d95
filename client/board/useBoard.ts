import { computed, type InjectionKey, inject, provide, ref } from 'vue'
import { isSoldOut } from '#shared/menu/item-status.ts'
import type { Menu } from '#shared/menu/menu.ts'
import type { Order } from '#shared/ordering/order.ts'
import { queueMinutes } from '#shared/ordering/queue.ts'
import { isOnDuty } from '#shared/staff/staff.ts'
import { clockText } from '../i18n/clock.ts'
import { recordsOf } from '../sync/read-records.ts'
import { clockOffsetMs } from '../sync/server-clock.ts'
import { newest, useLive, useOutbox, useRecords } from '../sync/useLive.ts'
import { useNow } from '../ui/useNow.ts'
import { type BoardView, boardView, type Ticket, waitingOrders } from './board-view.ts'
import { entriesOf } from './columns/leaving.ts'
import { itemStatuses, loadOf, openCalls, openVisits } from './desk-view.ts'
import { crowdedTables } from './strangers/strangers.ts'
import { useConnection } from './top/useConnection.ts'
import { useMoves } from './useMoves.ts'
import { useSteady } from './useSteady.ts'
import { rejectedByClosing, tableEnds } from './visits/table-end.ts'
import { closedVisitIds, wayBack } from './way-back.ts'

const TURN_STEP_MS = 5000

type SheetName =
  | 'counts'
  | 'calls'
  | 'load'
  | 'sold-out'
  | 'visits'
  | 'recent'
  | 'menu'
  | 'ticket'
  | 'reject'
  | 'strangers'
  | 'awaited'
  | 'later'
  | 'unanswered'
  | 'handover'

type Desk = {
  readonly outletId: () => string | null
  readonly myName: () => string
  /** Opens the till at this visit's bill; where there is no way to it, nothing happens. */
  readonly openTill?: (visitId: string) => void
}

/** All that one outlet's board knows and does. Made once by the page, used by every part of the board. */
function createBoard(desk: Desk) {
  const now = useNow()
  const outbox = useOutbox()
  const moves = useMoves()
  const nowMs = computed(() => now.value + clockOffsetMs.value)
  const outletId = computed(() => desk.outletId() ?? '')
  const ofOutlet = outletRecords(() => outletId.value)
  const orders = ofOutlet('order')
  const calls = ofOutlet('call')
  const visits = ofOutlet('visit')
  const phones = ofOutlet('visit_phone')
  // This device may hold other desks too; their people stay out.
  const duties = useLive(async () => {
    const stream = `desk:${outletId.value}`
    return newest<'duty'>(await recordsOf({ stream, kind: 'duty' }))
  }, [])
  const outlets = useRecords('outlet')
  const menus = useRecords('menu')
  const statuses = useRecords('item_status')

  const closedIds = computed(() => closedVisitIds(visits.value, outbox.value))
  const outlet = computed(() => outlets.value.find(({ id }) => id === outletId.value))
  const menu = computed(() => menus.value.find(({ id }) => id === outletId.value))
  // What waits for its moment is looked at often enough; every second would redraw the board.
  const turnNowMs = computed(() => Math.floor(nowMs.value / TURN_STEP_MS) * TURN_STEP_MS)
  const view = computed((before?: BoardView) =>
    boardView(orders.value, outbox.value, clockOffsetMs.value, before, turnNowMs.value),
  )
  const ends = computed(() => tableEnds(visits.value, outbox.value))
  const rejected = computed(() => rejectedByClosing(waitingOrders(view.value), outbox.value))
  const active = computed(() => {
    const { placed, making } = view.value.columns
    return [...placed, ...making].map(({ order }) => order).filter(({ id }) => !rejected.value.has(id))
  })
  const defaults = computed(() => defaultOptions(menu.value))
  const soldOut = computed(() =>
    itemStatuses(statuses.value, outbox.value, outletId.value, clockOffsetMs.value),
  )

  return {
    bills: ofOutlet('bill'),
    payments: ofOutlet('payment'),
    outletId,
    outlet,
    menu,
    nowMs,
    outbox,
    view,
    /** Orders that still have to be made, new ones included; not those that end with their table. */
    active,
    entries: useSteady(() => entriesOf(view.value, moves.leaving.value)),
    calls: computed(() => openCalls(calls.value, outbox.value, desk.myName())),
    visits: computed(() => openVisits(visits.value, outbox.value)),
    phones,
    /** Tables where one answer can reject several orders at once. Steady: the button makes its card longer. */
    crowdedTables: useSteady(() => crowdedTables(waitingOrders(view.value))),
    load: computed(() => loadOf(outlet.value, outbox.value)),
    soldOut,
    soldOutCount: computed(
      () => [...soldOut.value.values()].filter((status) => isSoldOut(status, nowMs.value)).length,
    ),
    onDuty: computed(() =>
      duties.value.filter((duty) => isOnDuty(duty, nowMs.value)).map(({ name }) => name),
    ),
    queue: computed(() => Math.round(queueMinutes(view.value.columns.making.map(({ order }) => order)))),
    waitingCount: computed(
      () => outbox.value.filter((row) => row.state !== 'refused' && row.name !== 'order.see').length,
    ),
    /** Whether the party that ordered this has gone: another may sit at its table by now. */
    tableEndOf: ({ visitId }: Order) => ends.value.get(visitId) ?? null,
    /** An unsent closing of its table ends it. */
    isEndedByClosing: ({ id }: Order) => rejected.value.has(id),
    wayBackOf: ({ order }: Ticket) => wayBack(order, closedIds.value),
    isDefaultOption: (groupId: string, optionId: string) => defaults.value.has(`${groupId}.${optionId}`),
    clock: (atMs: number) => clockText(atMs, outlet.value?.zone ?? 'Asia/Jakarta'),
    openTill: (visitId: string) => desk.openTill?.(visitId),
    ...useConnection(),
    ...moves,
    ...useSheets(view),
  }
}

function defaultOptions(menu: Menu | undefined): ReadonlySet<string> {
  const groups = menu?.groups ?? []
  return new Set(
    groups.flatMap(({ id, options }) =>
      options.filter(({ isDefault }) => isDefault).map((option) => `${id}.${option.id}`),
    ),
  )
}

/** Live records of one outlet, by kind. */
function outletRecords(outletId: () => string) {
  return <Kind extends 'order' | 'call' | 'visit' | 'visit_phone' | 'bill' | 'payment'>(kind: Kind) => {
    const records = useRecords(kind)
    return computed(() => records.value.filter((record) => record.outletId === outletId()))
  }
}

/** Which sheet is open, and the order that it speaks of. */
function useSheets(view: { readonly value: { readonly byId: ReadonlyMap<string, Ticket> } }) {
  const sheet = ref<SheetName | null>(null)
  const sheetOrderId = ref('')
  const sheetHeightPx = ref(0)
  return {
    sheet,
    sheetHeightPx,
    sheetTicket: computed(() => view.value.byId.get(sheetOrderId.value)),
    openSheet(name: SheetName, orderId = '', heightPx = 0): void {
      sheetOrderId.value = orderId
      sheetHeightPx.value = heightPx
      sheet.value = name
    },
    closeSheet(): void {
      sheet.value = null
    },
    /** Whether the sheet of this name is the open one, as it opens and closes itself. */
    sheetModel: (name: SheetName) =>
      computed({
        get: () => sheet.value === name,
        set: (next: boolean) => {
          if (!next && sheet.value === name) sheet.value = null
        },
      }),
  }
}

export type Board = ReturnType<typeof createBoard>
const boardKey: InjectionKey<Board> = Symbol('board')

export function provideBoard(desk: Desk): Board {
  const board = createBoard(desk)
  provide(boardKey, board)
  return board
}

export function useBoard(): Board {
  const board = inject(boardKey)
  if (!board) throw new Error('provideBoard comes first.')
  return board
}
