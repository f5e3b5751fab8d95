import type { Zone } from '#shared/kernel/time.ts'
import { type ItemStatus, isSoldOut } from '#shared/menu/item-status.ts'
import { clockText } from '../i18n/clock.ts'

/** "Habis sampai 15.00" while an item is sold out at `nowMs`; '' while it can be ordered. */
export function soldOutWords(
  status: ItemStatus | undefined,
  nowMs: number,
  zone: Zone,
  words: { readonly soldOut: string; readonly soldOutUntil: (clock: string) => string },
): string {
  if (!status?.soldOut || !isSoldOut(status, nowMs)) return ''
  const { endsAtMs } = status.soldOut
  return endsAtMs === null ? words.soldOut : words.soldOutUntil(clockText(endsAtMs, zone))
}
