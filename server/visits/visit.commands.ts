import { ok, refuse } from '#shared/kernel/result.ts'
import { type Context, command, worksAt } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import { readTableByToken } from '../tables/table.store.ts'
import { isPresenceWord, MAX_WORD_TRIES, MAX_WORD_TRIES_PER_TABLE, WORD_TRIES_MS } from './presence-word.ts'
import { closeVisit, isCodeUsable, isForgotten, joinVisit, setPhoneState, takeSeat } from './seating.ts'
import {
  countWordTries,
  noteWordTry,
  readPhoneOf,
  readPhones,
  readPlace,
  readVisit,
  saveVisit,
} from './visit.store.ts'

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

export const visitCommandList = [
  command('visit.join', {
    who: 'phone',
    async handle(context, { token }) {
      if (context.actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      const found = await tableFor(context, token, context.actor.id)
      if (!found.ok) return found
      const { place } = found.value
      if (!place) return ok({ visitId: null, state: null })
      // A visit that nobody has used for three hours is not joined; the next order opens a new one.
      if (isForgotten(place, context.nowMs)) return ok({ visitId: null, state: null })
      if (place.number !== null) return ok({ visitId: place.visit_id, state: place.state })
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
      else await setPhoneState(context, found.value, phone, 'refused')
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
      const { ofPhone, ofTable } = await countWordTries(tx, actor.id, table.table_id, nowMs - WORD_TRIES_MS)
      const triesLeft = Math.min(MAX_WORD_TRIES - ofPhone, MAX_WORD_TRIES_PER_TABLE - ofTable)
      if (triesLeft <= 0) return refuse({ code: 'visit.word_tried', tries: ofPhone })
      if (!isPresenceWord(word, outlet.id, nowMs, context.secrets)) {
        // An answer and not a refusal, which would take the count of tries back.
        await noteWordTry(tx, actor.id, table.table_id, nowMs)
        return ok({ isProven: false, triesLeft: triesLeft - 1 })
      }
      const seat = await takeSeat(context, table, actor.id, place)
      if (!seat.ok) return seat
      context.emit({ type: 'presence.confirmed', visitId: seat.value.visitId, phone: seat.value.number })
      return ok({ isProven: true, visitId: seat.value.visitId })
    },
  }),

  command('visit.raise_cap', {
    who: 'barista',
    async handle(context, { visitId, capRp }) {
      const found = await openVisitAt(context, visitId)
      if (!found.ok) return found
      const visit = found.value
      if (!worksAt(context.actor, visit.outletId)) return refuse({ code: 'session.wrong_outlet' })
      await saveVisit(context, { ...visit, rev: visit.rev + 1, capRp })
      return ok({ visitId, capRp })
    },
  }),

  command('visit.close', {
    who: 'barista',
    async handle(context, { visitId }) {
      const found = await openVisitAt(context, visitId)
      if (!found.ok) return found
      if (!worksAt(context.actor, found.value.outletId)) return refuse({ code: 'session.wrong_outlet' })
      await closeVisit(context, found.value)
      return ok({ visitId })
    },
  }),
]
