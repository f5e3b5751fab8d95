import { describe, expect, it } from 'vitest'
import { newId } from '#shared/kernel/ids.ts'
import { blankMoments } from '#shared/ordering/blank-moments.ts'
import type { Order, OrderStatus } from '#shared/ordering/order.ts'
import { orderStatusId as ordersWords } from '../../../client/i18n/orders/order-status.id.ts'
import { billsOf } from '../../../client/ordering/bill/table-bill.ts'
import { headlineOf } from '../../../client/ordering/order-headline.ts'
import { isNews, isPast, outcomeOf, standsIn, unreadAnswer } from '../../../client/ordering/order-news.ts'
import { byUrgency } from '../../../client/ordering/order-urgency.ts'
import {
  linesToOrderAgain,
  type Moment,
  mergeOrders,
  minutesToPromise,
  type OrderView,
  type SentOrder,
  situationOf,
} from '../../../client/ordering/order-views.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'

const NOW = 1_790_000_000_000
const MINUTE = 60_000
let made = 0
const makeId = (prefix: 'ord' | 'cmd' | 'vis' | 'tbl' | 'out') =>
  newId(prefix, NOW + made++, new Uint8Array(10).fill(made % 256))
const visitId = makeId('vis')

const live: Moment = { serverNowMs: NOW, phoneNowMs: NOW, isCut: false, isFresh: true }
const cut: Moment = { ...live, isCut: true, isFresh: false }

function order(change: Partial<Order> = {}): Order {
  return {
    id: makeId('ord'),
    rev: 1,
    number: 42,
    outletId: makeId('out'),
    visitId,
    orderType: 'table',
    payFirst: null,
    pickup: null,
    tableId: makeId('tbl'),
    tableLabel: 'A7',
    phone: 1,
    status: 'placed',
    presence: 'proven',
    lines: [],
    note: '',
    quote: { subtotalRp: 20_000, serviceRp: 0, taxRp: 2_000, totalRp: 22_000, includedTaxRp: 0 },
    placedAtMs: NOW - 5_000,
    ...blankMoments,
    ...change,
  }
}

function row(change: Partial<OutboxRow> = {}, orderId = makeId('ord')): OutboxRow {
  return {
    id: makeId('cmd'),
    name: 'order.place',
    args: {
      orderId,
      token: '0123456789abcdef',
      lines: [{ itemId: 'kopi', choices: [], quantity: 1, note: '' }],
      note: '',
      shownTotalRp: 22_000,
    },
    createdAtMs: NOW - 60_000,
    staleAfterMs: 30 * MINUTE,
    state: 'waiting',
    refusal: null,
    attempts: 0,
    ...change,
  } as OutboxRow
}

const sent = (change: Partial<Order> = {}, isOwn = true): SentOrder => {
  const [view] = mergeOrders([{ order: order(change), isOwn }], [])
  return view as SentOrder
}

describe('records and outbox as one list', () => {
  it('shows an order that waits on the phone beside one that the bar has', () => {
    const views = mergeOrders([{ order: order(), isOwn: true }], [row()])
    expect(views.map((view) => view.kind).sort()).toEqual(['sent', 'unsent'])
  })

  it('shows an order once when the feed brings it before the answer does', () => {
    const placed = order()
    const views = mergeOrders([{ order: placed, isOwn: true }], [row({}, placed.id)])
    expect(views).toHaveLength(1)
    expect(views[0]?.kind).toBe('sent')
  })

  it('keeps a row that this build cannot read visible, without its lines', () => {
    const [view] = mergeOrders([], [row({ args: { old: true } })])
    expect(view).toMatchObject({ kind: 'unsent', args: null })
  })

  it('ties a wish to cancel to the order it is about, sent or not', () => {
    const placed = order()
    const unsent = row()
    const unsentId = (unsent.args as { orderId: string }).orderId
    const ask = (orderId: string) => row({ name: 'order.ask', args: { orderId, kind: 'cancel', note: '' } })
    const views = mergeOrders([{ order: placed, isOwn: true }], [unsent, ask(placed.id), ask(unsentId)])
    expect(views.map((view) => view.ask?.kind)).toEqual(['cancel', 'cancel'])
  })

  it('takes no other command for an order', () => {
    expect(mergeOrders([], [row({ name: 'call.place', args: {} })])).toEqual([])
  })
})

describe('what is said of an order', () => {
  const unsent = (change: Partial<OutboxRow>) => mergeOrders([], [row(change)])[0] as OrderView

  it('says of one on which the server fails that nobody knows, never that it was refused', () => {
    const refusal = { code: 'server.broken' } as const
    const aside = unsent({ attempts: 6, refusal, asideUntilMs: NOW + 60_000 })
    expect(situationOf(aside, live)).toBe('unsure')
    // Sent again by hand: on its way, as long as there is a way.
    const again = unsent({ attempts: 6, asideUntilMs: 0 })
    expect([situationOf(again, live), situationOf(again, cut)]).toEqual(['sending', 'unsure'])
    // A row of an earlier build.
    expect(situationOf(unsent({ state: 'refused', refusal }), live)).toBe('unsure')
  })

  it('says that a fresh order is being sent only while the connection is live', () => {
    const fresh = unsent({ createdAtMs: NOW - 1_000 })
    expect(situationOf(fresh, live)).toBe('sending')
    expect(situationOf(fresh, cut)).toBe('waiting')
  })

  it.each(['stale', 'refused'] as const)('shows a %s row as such', (state) => {
    expect(situationOf(unsent({ state }), live)).toBe(state)
  })

  it('says of an order that the bar has under an earlier name of this phone that it arrived', () => {
    const refusal = { code: 'request.done_before' }
    expect(situationOf(unsent({ state: 'refused', refusal }), live)).toBe('arrived')
  })

  it('admits after a minute that nobody has looked, unless the connection is gone and nobody knows', () => {
    const old = sent({ placedAtMs: NOW - MINUTE })
    expect(situationOf(old, live)).toBe('unseen')
    expect(situationOf(old, cut)).toBe('placed')
  })

  it.each<[Partial<Order>, string]>([
    [{}, 'placed'],
    [{ presence: 'unproven' }, 'unproven'],
    [{ seenAtMs: NOW }, 'seen'],
    [{ status: 'accepted' }, 'accepted'],
    [{ status: 'accepted', heldAtMs: NOW }, 'held'],
    [{ status: 'preparing' }, 'preparing'],
    [{ status: 'ready', heldAtMs: NOW }, 'ready'],
    [{ status: 'served' }, 'served'],
    [{ status: 'rejected' }, 'rejected'],
    [{ status: 'cancelled' }, 'cancelled'],
  ])('reads %j as %s', (change, situation) => {
    expect(situationOf(sent(change), live)).toBe(situation)
  })

  it('counts minutes to the promise and past it, and none where nothing is promised', () => {
    const promised = order({ status: 'preparing', promisedAtMs: NOW + 4.2 * MINUTE })
    expect(minutesToPromise(promised, NOW)).toBe(5)
    expect(minutesToPromise(promised, NOW + 7.5 * MINUTE)).toBe(-3)
    expect(minutesToPromise(order(), NOW)).toBeNull()
    expect(minutesToPromise(order({ status: 'ready', promisedAtMs: NOW }), NOW)).toBeNull()
  })
})

describe('which order comes first', () => {
  const statuses = (views: readonly OrderView[]) =>
    byUrgency(views, live).map((view) => situationOf(view, live))

  it('puts what is ready before what asks, before what is under way, before what is done', () => {
    const of = (status: OrderStatus) => sent({ status, endedAtMs: status === 'served' ? NOW : null })
    const stale = mergeOrders([], [row({ state: 'stale' })])
    expect(statuses([of('served'), of('accepted'), of('preparing'), ...stale, of('ready')])).toEqual([
      'ready',
      'stale',
      'preparing',
      'accepted',
      'served',
    ])
  })

  it('puts this phone before the others at the table', () => {
    const other = sent({ status: 'ready' }, false)
    const own = sent({ status: 'ready' })
    expect(byUrgency([other, own], live)[0]).toBe(own)
  })

  it('puts what this phone has just saved before what it has in the making, and both before the others', () => {
    const [saved] = mergeOrders([], [row()])
    const making = sent({ status: 'preparing' }, false)
    const ready = sent({ status: 'ready' }, false)
    const ownMaking = sent({ status: 'preparing' })
    const views = [making, ownMaking, ready, ...(saved ? [saved] : [])]
    expect(byUrgency(views, cut)).toEqual([saved, ownMaking, ready, making])
  })

  it('leads with what this phone has just sent until it was answered, before what is ready', () => {
    const ready = sent({ status: 'ready', placedAtMs: NOW - 20 * MINUTE })
    const earlier = sent({ placedAtMs: NOW - 2 * MINUTE })
    const late = sent({ status: 'preparing', placedAtMs: NOW - 25 * MINUTE })
    const justSent = sent({ placedAtMs: NOW - 5_000 })
    expect(byUrgency([late, ready, earlier, justSent], live)).toEqual([justSent, ready, earlier, late])
    const accepted = sent({ status: 'accepted', placedAtMs: NOW - 5_000 })
    expect(byUrgency([late, accepted, ready], live)).toEqual([ready, late, accepted])
    const friends = sent({ placedAtMs: NOW - 1_000 }, false)
    expect(byUrgency([friends, ready], live)).toEqual([ready, friends])
  })

  it('tells a cancellation once, below what is still under way', () => {
    const cancelled = sent({ status: 'cancelled', endedAtMs: NOW - MINUTE })
    const making = sent({ status: 'preparing' })
    const served = sent({ status: 'served', endedAtMs: NOW })
    expect(byUrgency([served, cancelled, making], live)).toEqual([making, cancelled, served])
  })

  it.each<[string, Partial<Order>]>([
    ['a rejection', { status: 'rejected', endedAtMs: NOW - 40 * MINUTE }],
    [
      'an answer of the barista',
      {
        status: 'preparing',
        request: { kind: 'change', note: 'less sugar', askedAtMs: NOW, answer: 'declined' },
      },
    ],
  ])('leads with %s until it was read on the phone that ordered, and on no other', (_, change) => {
    const mine = sent(change)
    const outcome = outcomeOf(mine)
    const making = sent({ status: 'preparing' })
    const others = sent({ status: 'ready' }, false)
    expect(byUrgency([others, making, mine], live)[0]).toBe(mine)
    expect(isNews(sent(change, false), live)).toBe(false)
    expect(isNews(mine, { ...live, readOutcomes: new Set([outcome ?? '']) })).toBe(false)
  })

  it('tells the end of an order of an earlier table below what is under way at this one', () => {
    const rejected = sent({ status: 'rejected', endedAtMs: NOW - MINUTE })
    const accepted = sent({ status: 'accepted', visitId: makeId('vis'), tableLabel: 'B2' })
    expect(byUrgency([rejected, accepted], live)).toEqual([accepted, rejected])
    const served = sent({ status: 'served', visitId: makeId('vis'), endedAtMs: NOW })
    expect(byUrgency([served, rejected], live)).toEqual([rejected, served])
  })
})

describe('what stands at the table although this phone was not let in', () => {
  it('is an own order of this visit that is under way, or one that waits here to be sent', () => {
    const here = makeId('vis')
    const [waiting] = mergeOrders([], [row()])
    const [refused] = mergeOrders([], [row({ state: 'refused' })])
    expect(standsIn(sent({ visitId: here }), here)).toBe(true)
    expect(standsIn(sent({ visitId: here }, false), here)).toBe(false)
    expect(standsIn(sent({ visitId: here, status: 'rejected' }), here)).toBe(false)
    expect(standsIn(sent({ status: 'served' }), here)).toBe(false)
    expect(standsIn(sent(), here)).toBe(false)
    expect(waiting && standsIn(waiting, here)).toBe(true)
    expect(refused && standsIn(refused, here)).toBe(false)
  })
})

describe('the headline after a wish', () => {
  const words = ordersWords.headline
  const wish = (kind: 'change' | 'cancel', answer: 'accepted' | 'declined') =>
    ({ kind, note: 'less sugar', askedAtMs: NOW, answer }) as const
  const spoken = (change: Partial<Order>, moment = live) => {
    const view = sent(change)
    return headlineOf(words, view, situationOf(view, moment), unreadAnswer(view, moment))
  }

  it.each([
    [wish('change', 'accepted'), words.answer.changeAccepted],
    [wish('change', 'declined'), words.answer.changeDeclined],
    [wish('cancel', 'declined'), words.answer.cancelDeclined],
  ])('tells the answer first: %o', (request, headline) => {
    expect(spoken({ status: 'preparing', request })).toBe(headline)
  })

  it('tells the plain status once the answer was read', () => {
    const view = sent({ status: 'preparing', request: wish('change', 'accepted') })
    const moment = { ...live, readOutcomes: new Set([outcomeOf(view) ?? '']) }
    expect(unreadAnswer(view, moment)).toBeNull()
  })

  it('says that the order is ready, or cancelled as asked, before anything else', () => {
    expect(spoken({ status: 'ready', request: wish('change', 'declined') })).toBe(words.ready)
    expect(spoken({ status: 'cancelled', request: wish('cancel', 'accepted') })).toBe(words.cancelled)
  })
})

describe('what the table owes', () => {
  it('sums the orders of each visit that are owed, and what of it is from this phone', () => {
    const views = [
      sent(),
      sent({ status: 'ready' }, false),
      sent({ status: 'cancelled' }),
      sent({ status: 'rejected' }),
    ]
    expect(billsOf(views)).toEqual([{ visitId, tableLabel: 'A7', orders: 2, totalRp: 44_000, ownRp: 22_000 }])
  })
})

describe('ordering again', () => {
  it('asks for the same lines, without the prices and names of last time', () => {
    const name = { id: 'Kopi', en: 'Coffee' }
    const line = { itemId: 'kopi', name, quantity: 2, unitRp: 9_000, prepMinutes: 2, note: 'panas' }
    const choices = [{ groupId: 'gula', optionId: 'less', name }]
    expect(linesToOrderAgain(order({ lines: [{ ...line, choices }] }))).toEqual([
      { itemId: 'kopi', choices: [{ groupId: 'gula', optionId: 'less' }], quantity: 2, note: 'panas' },
    ])
  })
})

describe('what is folded away', () => {
  it('leaves in sight what was rejected as the house closed the table, until it was read', () => {
    const rejected = sent({ status: 'rejected', reason: { code: 'visit_closed', text: '' }, endedAtMs: NOW })
    expect(isPast(rejected, true, live)).toBe(false)
    expect(isPast(rejected, true, { ...live, readOutcomes: new Set([outcomeOf(rejected) ?? '']) })).toBe(true)
    expect(isPast(sent({ status: 'rejected', endedAtMs: NOW }, false), true, live)).toBe(true)
  })

  it('leaves in sight what is still being made, and folds away what was served', () => {
    expect(isPast(sent({ status: 'preparing' }), true, live)).toBe(false)
    expect(isPast(sent({ status: 'served', endedAtMs: NOW }), true, live)).toBe(true)
    expect(isPast(sent({ status: 'served', endedAtMs: NOW }), false, live)).toBe(false)
    expect(isPast(sent({ status: 'rejected', endedAtMs: NOW - 13 * 60 * MINUTE }), false, live)).toBe(true)
  })
})
