import { ok, refuse } from '#shared/kernel/result.ts'
import { MAX_ASKS_PER_TABLE, type Visit } from '#shared/visits/visit.ts'
import { type CommandRefusal, type Context, command, worksAt } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import { readTable, readTableByToken } from '../tables/table.store.ts'
import {
  isPresenceWord,
  MAX_WORD_TRIES,
  MAX_WORD_TRIES_PER_OUTLET,
  MAX_WORD_TRIES_PER_TABLE,
  WORD_TRIES_MS,
  wordChangesAtMs,
  wordStandsSinceMs,
} from './presence-word.ts'
import {
  closeVisit,
  hasLeft,
  isCodeUsable,
  isForgotten,
  joinVisit,
  setPhoneState,
  takeSeat,
} from './seating.ts'
import { denyStrangers } from './strangers.ts'
import {
  type PhoneRow,
  readPhoneOf,
  readPhones,
  readPlace,
  readUnseenNumbers,
  readVisit,
  saveVisit,
} from './visit.store.ts'
import { countAsks, countWordTries, noteAsk, noteWordTry, type WordTries } from './word-tries.store.ts'

/** Within this time phones that ask to join at a table are counted. */
const ASKS_MS = 10 * 60_000

/** The table that the token stands for and the phone's place there, or why there is none. */
async function tableFor(context: Context, token: string, customerId: string) {
  const table = await readTableByToken(context.tx, token)
  if (table?.is_active !== 1) return refuse({ code: 'code.unknown' })
  const place = await readPlace(context.tx, table.table_id, customerId)
  if (!isCodeUsable(table, place)) return refuse({ code: 'code.replaced' })
  return ok({ table, place })
}

async function openVisitAt(context: Context, visitId: string) {
  const visit = await readVisit(context.tx, visitId)
  if (!visit) return refuse({ code: 'visit.unknown' })
  if (visit.status === 'closed') return refuse({ code: 'visit.closed' })
  return ok(visit)
}

/** An open visit at an outlet where the sender works. */
async function visitOfStaff(context: Context, visitId: string) {
  const found = await openVisitAt(context, visitId)
  if (found.ok && !worksAt(context.actor, found.value.outletId))
    return refuse({ code: 'session.wrong_outlet' })
  return found
}

async function refusePhone(context: Context, visit: Visit, phone: PhoneRow): Promise<void> {
  await setPhoneState(context, visit, phone, 'refused')
  context.emit({ type: 'phone.refused', visitId: visit.id, phone: phone.number })
}

/** Closing rejects what nobody has answered: an order that came after the tap was not meant. */
async function refuseUnseen(
  { tx }: Context,
  visitId: string,
  seenIds: ReadonlySet<string>,
): Promise<CommandRefusal | null> {
  const numbers = await readUnseenNumbers(tx, visitId, seenIds)
  if (numbers.length === 0) return null
  return { code: 'visit.new_orders', numbers: numbers.sort((a, b) => a - b) }
}

/** How many more wrong words there may be; the tightest of the three counts. */
function triesLeft({ ofPhone, ofTable, ofOutlet }: WordTries): number {
  return Math.min(
    MAX_WORD_TRIES - ofPhone,
    MAX_WORD_TRIES_PER_TABLE - ofTable,
    MAX_WORD_TRIES_PER_OUTLET - ofOutlet,
  )
}

export const visitCommandList = [
  command('visit.join', {
    who: 'phone',
    async handle(context, { token }) {
      if (context.actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      const found = await tableFor(context, token, context.actor.id)
      if (!found.ok) return found
      const { place } = found.value
      if (!place) return ok({ visitId: null, state: null })
      // A forgotten visit is not joined; the next order opens a new one.
      if (isForgotten(place, context.nowMs)) return ok({ visitId: null, state: null })
      if (place.number !== null) return ok({ visitId: place.visit_id, state: place.state })
      const tableId = found.value.table.table_id
      if (await hasLeft(context, tableId, context.actor.id)) return refuse({ code: 'visit.scan_again' })
      const sinceMs = context.nowMs - ASKS_MS
      const asks = await countAsks(context.tx, tableId, sinceMs)
      if (asks >= MAX_ASKS_PER_TABLE) return refuse({ code: 'visit.crowded' })
      await noteAsk(context.tx, tableId, context.nowMs, sinceMs)
      const seat = await joinVisit(context, place, context.actor.id)
      return seat.ok ? ok({ visitId: seat.value.visitId, state: 'asking' }) : seat
    },
  }),

  command('visit.answer_phone', {
    who: 'phone',
    async handle(context, { visitId, number, admit }) {
      const found = await openVisitAt(context, visitId)
      if (!found.ok) return found
      const { actor } = context
      const own = actor.kind === 'customer' ? await readPhoneOf(context.tx, visitId, actor.id) : undefined
      if (own?.state !== 'admitted') return refuse({ code: 'visit.not_member' })
      const phone = (await readPhones(context.tx, visitId)).find((candidate) => candidate.number === number)
      if (!phone) return refuse({ code: 'visit.not_member' })
      // A guest lets friends in; only the house takes a place away again.
      if (phone.state !== 'asking') return ok({ state: phone.state })
      if (admit) context.emit({ type: 'presence.confirmed', visitId, phone: number })
      else await refusePhone(context, found.value, phone)
      return ok({ state: admit ? 'admitted' : 'refused' })
    },
  }),

  command('visit.prove', {
    who: 'phone',
    async handle(context, { token, word }) {
      const { actor, tx, nowMs } = context
      if (actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      const found = await tableFor(context, token, actor.id)
      if (!found.ok) return found
      const { table, place } = found.value
      const outlet = await readOutlet(tx, table.outlet_id)
      if (!outlet?.presence.word) return refuse({ code: 'visit.word_off' })
      const guesser = { customerId: actor.id, tableId: table.table_id, outletId: outlet.id }
      const sinceMs = nowMs - WORD_TRIES_MS
      const tries = await countWordTries(tx, guesser, sinceMs, wordStandsSinceMs(nowMs))
      // The right word is not looked at either: whoever learns that one counted has guessed it.
      if (tries.ofOutlet >= MAX_WORD_TRIES_PER_OUTLET) {
        return refuse({ code: 'visit.word_closed', opensAtMs: wordChangesAtMs(nowMs) })
      }
      const left = triesLeft(tries)
      if (left <= 0) return refuse({ code: 'visit.word_tried', tries: tries.ofPhone })
      if (!isPresenceWord(word, outlet.id, nowMs, context.secrets)) {
        // An answer and not a refusal, which would take the count of tries back.
        await noteWordTry(tx, guesser, nowMs, sinceMs)
        return ok({ isProven: false, triesLeft: left - 1 })
      }
      const seat = await takeSeat(context, table, actor.id, place)
      if (!seat.ok) return seat
      context.emit({ type: 'presence.confirmed', visitId: seat.value.visitId, phone: seat.value.number })
      return ok({ isProven: true, visitId: seat.value.visitId })
    },
  }),

  command('visit.remove_phone', {
    who: 'barista',
    async handle(context, { visitId, number }) {
      const found = await visitOfStaff(context, visitId)
      if (!found.ok) return found
      const phone = (await readPhones(context.tx, visitId)).find((each) => each.number === number)
      if (!phone) return refuse({ code: 'visit.not_member' })
      // Its place stays, refused: without one it could ask the party again at once.
      await refusePhone(context, found.value, phone)
      return ok({ visitId, number })
    },
  }),

  command('visit.deny_strangers', {
    who: 'barista',
    async handle(context, { tableId, replaceCode, seen }) {
      const table = await readTable(context.tx, tableId)
      if (!table) return refuse({ code: 'table.unknown' })
      if (!worksAt(context.actor, table.outletId)) return refuse({ code: 'session.wrong_outlet' })
      const visitId = await denyStrangers(context, tableId, seen ? new Set(seen.ids) : null)
      // Replaced by somebody else since the tap: the new sticker must not be worthless already.
      const isSameCode = seen === undefined || seen.shortCode === table.shortCode
      if (replaceCode && isSameCode) context.emit({ type: 'table.code_burnt', tableId })
      return ok({ visitId })
    },
  }),

  command('visit.raise_cap', {
    who: 'barista',
    async handle(context, { visitId, capRp }) {
      const found = await visitOfStaff(context, visitId)
      if (!found.ok) return found
      const visit = found.value
      await saveVisit(context, { ...visit, rev: visit.rev + 1, capRp })
      return ok({ visitId, capRp })
    },
  }),

  command('visit.close', {
    who: 'barista',
    async handle(context, { visitId, seenOrderIds }) {
      const found = await visitOfStaff(context, visitId)
      if (!found.ok) return found
      const refusal = seenOrderIds && (await refuseUnseen(context, visitId, new Set(seenOrderIds)))
      if (refusal) return refuse(refusal)
      await closeVisit(context, found.value)
      return ok({ visitId })
    },
  }),
]
