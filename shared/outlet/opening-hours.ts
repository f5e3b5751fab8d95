// Is the outlet open, until when, and when next? Special days win over seasons, seasons over the week.
// A span that ends after midnight belongs to the day on which it began.
import { addDays, instantOf, localMoment, minutesOf } from '../kernel/time.ts'
import type { OpenSpan, Outlet } from './outlet.ts'

type Hours = Pick<Outlet, 'hours' | 'seasons' | 'specialDays' | 'zone'>

/** `untilMs` is the end of the span now open; `opensAtMs` the next opening within 14 days, else null. */
export type OpenState =
  | { readonly isOpen: true; readonly untilMs: number }
  | { readonly isOpen: false; readonly opensAtMs: number | null }

/** The spans that begin on `day` ("YYYY-MM-DD"). */
function spansOf(outlet: Hours, day: string): readonly OpenSpan[] {
  const special = outlet.specialDays.find((candidate) => candidate.day === day)
  if (special) return special.hours
  const season = outlet.seasons.find((candidate) => candidate.firstDay <= day && day <= candidate.lastDay)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return (season?.hours ?? outlet.hours)[weekday] ?? []
}

function spanInstants(outlet: Hours, day: string): { fromMs: number; untilMs: number }[] {
  return spansOf(outlet, day).map((span) => {
    const from = minutesOf(span.from)
    const until = minutesOf(span.until)
    return {
      fromMs: instantOf(day, from, outlet.zone),
      untilMs: instantOf(day, until <= from ? until + 1440 : until, outlet.zone),
    }
  })
}

const known = new WeakMap<Hours, { readonly fromMs: number; readonly state: OpenState }>()

/**
 * The outlet's state at `atMs` (epoch milliseconds). Spans that touch count as one.
 * What was found for these settings holds until the state ends, and is not computed again until then.
 */
export function openState(outlet: Hours, atMs: number): OpenState {
  const before = known.get(outlet)
  if (before && before.fromMs <= atMs) {
    const endsMs = before.state.isOpen ? before.state.untilMs : before.state.opensAtMs
    if (endsMs !== null && atMs < endsMs) return before.state
  }
  const state = computeState(outlet, atMs)
  known.set(outlet, { fromMs: atMs, state })
  return state
}

const DAY_MS = 24 * 60 * 60_000

/** True where no closing time within a day is to be told: "open 24 hours", not "open until 00.00". */
export function isOpenAllDay(state: OpenState, atMs: number): boolean {
  return state.isOpen && state.untilMs - atMs >= DAY_MS
}

function computeState(outlet: Hours, atMs: number): OpenState {
  const { day } = localMoment(atMs, outlet.zone)
  const spans = []
  for (let offset = -1; offset <= 14; offset++) spans.push(...spanInstants(outlet, addDays(day, offset)))
  spans.sort((a, b) => a.fromMs - b.fromMs)
  let untilMs: number | null = null
  for (const span of spans) {
    const reaches = untilMs ?? atMs
    if (span.fromMs <= reaches && reaches < span.untilMs) untilMs = span.untilMs
  }
  if (untilMs !== null) return { isOpen: true, untilMs }
  const next = spans.find((span) => span.fromMs > atMs)
  return { isOpen: false, opensAtMs: next?.fromMs ?? null }
}
