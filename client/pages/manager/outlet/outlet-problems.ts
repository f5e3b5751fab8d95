import * as v from 'valibot'
import { minutesOf } from '#shared/kernel/time.ts'
import { type OpenSpan, type OutletSettings, outletSettingsSchema } from '#shared/outlet/outlet.ts'

export type ProblemCode =
  | 'empty'
  | 'time'
  | 'day'
  | 'percent'
  | 'amount'
  | 'invalid'
  | 'overlap'
  | 'order'
  | 'twice'

/** What is wrong, by the dotted name of the field: the shared schema's word first, then what it cannot see. */
export function outletProblems(draft: OutletSettings): ReadonlyMap<string, ProblemCode> {
  const problems = new Map<string, ProblemCode>()
  const parsed = v.safeParse(outletSettingsSchema, draft)
  for (const issue of parsed.issues ?? []) {
    const path = v.getDotPath(issue) ?? ''
    if (!problems.has(path)) problems.set(path, codeOf(path, issue))
  }
  const say = (path: string, code: ProblemCode) => {
    if (!problems.has(path)) problems.set(path, code)
  }
  draft.hours.forEach((spans, day) => {
    checkSpans(spans, `hours.${day}`, say)
  })
  draft.specialDays.forEach((special, index) => {
    checkSpans(special.hours, `specialDays.${index}.hours`, say)
    const first = draft.specialDays.findIndex((other) => other.day === special.day)
    if (special.day !== '' && first < index) say(`specialDays.${index}.day`, 'twice')
  })
  draft.seasons.forEach((season, index) => {
    season.hours.forEach((spans, day) => {
      checkSpans(spans, `seasons.${index}.hours.${day}`, say)
    })
    if (season.lastDay < season.firstDay) say(`seasons.${index}.lastDay`, 'order')
  })
  draft.areas.forEach((area, index) => {
    const first = draft.areas.findIndex((other) => other.name.trim() === area.name.trim())
    if (first < index) say(`areas.${index}.name`, 'twice')
  })
  return problems
}

function codeOf(path: string, issue: v.BaseIssue<unknown>): ProblemCode {
  if (/\.(from|until)$|^dayEndsAt$/.test(path)) return 'time'
  if (/\.(day|firstDay|lastDay)$/.test(path)) return 'day'
  if (path.endsWith('permille')) return 'percent'
  if (path.endsWith('unpaidTableRp')) return 'amount'
  return issue.message === 'text.empty' ? 'empty' : 'invalid'
}

/** Spans of one day may follow each other, also past midnight, but never lie upon each other. */
function checkSpans(
  spans: readonly OpenSpan[],
  path: string,
  say: (path: string, code: ProblemCode) => void,
): void {
  const lasting = spans.map((span, index) => {
    const from = minutesOf(span.from)
    const until = minutesOf(span.until)
    return { index, from, until: until <= from ? until + 1440 : until }
  })
  lasting.sort((a, b) => a.from - b.from)
  lasting.forEach((span, place) => {
    const next = lasting[place + 1]
    if (next && next.from < span.until) say(`${path}.${next.index}.from`, 'overlap')
  })
}
