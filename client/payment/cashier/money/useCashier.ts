import { computed, type InjectionKey, inject, provide, ref } from 'vue'
import { DEFAULT_PAYMENT_SETTINGS } from '#shared/payment/payment-settings.ts'
import type { RecordKind, RecordOf } from '#shared/protocol.ts'
import { clockText, dateText } from '../../../i18n/clock.ts'
import { cursorOf, recordsOf } from '../../../sync/read-records.ts'
import { serverNowMs } from '../../../sync/server-clock.ts'
import { newest, useLive } from '../../../sync/useLive.ts'
import { useNow } from '../../../ui/useNow.ts'
import type { ApprovalRequest } from '../attention/approval.ts'
import { type Entry, entriesOf, onShelf, type Shelf } from './cashier-view.ts'

type Desk = {
  readonly outletId: () => string | null
  /** Opens the sheet in which a manager stands behind something. */
  readonly askApproval: (request: ApprovalRequest) => void
}

/** All that one desk's cashier knows. Made once by the page, used by every part of it. */
function createCashier(desk: Desk) {
  const now = useNow()
  const stream = computed(() => `desk:${desk.outletId() ?? ''}`)
  const ofDesk = <Kind extends RecordKind>(kind: Kind) =>
    useLive(async () => newest<Kind>(await recordsOf({ stream: stream.value, kind })), [] as RecordOf<Kind>[])
  const bills = ofDesk('bill')
  const payments = ofDesk('payment')
  const refunds = ofDesk('refund')
  const orders = ofDesk('order')
  const visits = ofDesk('visit')
  const outlets = ofDesk('outlet')
  const allSettings = ofDesk('payment_settings')
  const isWhole = useLive(async () => (await cursorOf(stream.value))?.isWhole ?? false, false)

  const outlet = computed(() => outlets.value.find(({ id }) => id === desk.outletId()))
  const settings = computed(() => allSettings.value.find(({ id }) => id === desk.outletId()))
  const entries = computed(() =>
    entriesOf(
      {
        bills: bills.value,
        payments: payments.value,
        refunds: refunds.value,
        orders: orders.value,
        visits: visits.value,
      },
      outlet.value?.charges ?? null,
    ),
  )
  const selectedId = ref<string | null>(null)
  return {
    outletId: computed(() => desk.outletId() ?? ''),
    outlet,
    /** What an outlet without settings of its own goes by, too. */
    settings: computed(() => settings.value ?? { ...DEFAULT_PAYMENT_SETTINGS, isStaticQrisDoubtful: false }),
    outletNumber: computed(() => settings.value?.outletNumber ?? null),
    isWhole,
    bills,
    payments,
    entries,
    /** What is left of a bill, in rupiah. */
    openRpOf: (billId: string): number =>
      entries.value.find(({ bill }) => bill?.id === billId)?.view.standing.remainderRp ?? 0,
    shelf: (shelf: Shelf): readonly Entry[] => onShelf(entries.value, shelf),
    selectedId,
    selected: computed(() => entries.value.find(({ id }) => id === selectedId.value) ?? null),
    nowMs: computed(() => (now.value > 0 ? serverNowMs() : 0)),
    clock: (atMs: number) => clockText(atMs, outlet.value?.zone ?? 'Asia/Jakarta'),
    /** The clock, with the day where that is not today. */
    moment(atMs: number): string {
      const zone = outlet.value?.zone ?? 'Asia/Jakarta'
      const day = dateText(atMs, zone, 'short')
      const isToday = day === dateText(now.value > 0 ? serverNowMs() : atMs, zone, 'short')
      return isToday ? clockText(atMs, zone) : `${day}, ${clockText(atMs, zone)}`
    },
    askApproval: desk.askApproval,
  }
}

export type Cashier = ReturnType<typeof createCashier>
const cashierKey: InjectionKey<Cashier> = Symbol('cashier')

export function provideCashier(desk: Desk): Cashier {
  const cashier = createCashier(desk)
  provide(cashierKey, cashier)
  return cashier
}

export function useCashier(): Cashier {
  const cashier = inject(cashierKey)
  if (!cashier) throw new Error('provideCashier comes first.')
  return cashier
}
