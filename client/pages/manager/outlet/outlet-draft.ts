import type { OpenSpan, Outlet, OutletSettings, WeekHours } from '#shared/outlet/outlet.ts'

/** Time fields know no 24:00; a span that ends at 00:00 ends at the same moment. */
function spanOf(span: OpenSpan): OpenSpan {
  return span.until === '24:00' ? { from: span.from, until: '00:00' } : { ...span }
}

export function mapDays(
  hours: WeekHours,
  change: (spans: readonly OpenSpan[], weekday: number) => readonly OpenSpan[],
): WeekHours {
  const [sun, mon, tue, wed, thu, fri, sat] = hours
  return [
    change(sun, 0),
    change(mon, 1),
    change(tue, 2),
    change(wed, 3),
    change(thu, 4),
    change(fri, 5),
    change(sat, 6),
  ]
}

/** A copy of the outlet's settings that a form may change. */
export function draftOf(outlet: Outlet): OutletSettings {
  const week = (hours: WeekHours) => mapDays(hours, (spans) => spans.map(spanOf))
  return {
    slug: outlet.slug,
    name: outlet.name,
    chainName: outlet.chainName,
    mark: outlet.mark ?? '',
    address: outlet.address,
    zone: outlet.zone,
    areas: outlet.areas.map((area) => ({ ...area })),
    hours: week(outlet.hours),
    specialDays: outlet.specialDays.map((day) => ({
      ...day,
      note: { ...day.note },
      hours: day.hours.map(spanOf),
    })),
    seasons: outlet.seasons.map((season) => ({
      ...season,
      name: { ...season.name },
      hours: week(season.hours),
    })),
    dayEndsAt: outlet.dayEndsAt,
    charges: {
      service: { ...outlet.charges.service, label: { ...outlet.charges.service.label } },
      tax: { ...outlet.charges.tax, label: { ...outlet.charges.tax.label } },
    },
    presence: { ...outlet.presence },
    caps: { ...outlet.caps },
    pickup: { ...outlet.pickup },
  }
}

export function isSameDraft(a: OutletSettings, b: OutletSettings): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What a further outlet begins with: the present one's rules and hours under a name and an address of its own. */
export function draftOfNext(
  outlet: Outlet,
  name: string,
  address: string,
  takenSlugs: readonly string[],
): OutletSettings {
  return { ...draftOf(outlet), name, address, slug: keyFor(name, takenSlugs, 'outlet'), specialDays: [] }
}

/** A key for a new area, made from its name and never changed afterwards: tables point at it. */
export function areaIdFor(name: string, taken: readonly string[]): string {
  return keyFor(name, taken, 'area')
}

function keyFor(name: string, taken: readonly string[], fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-|-$/g, '')
  const stem = plain === '' ? fallback : plain
  let id = stem
  for (let number = 2; taken.includes(id); number++) id = `${stem}-${number}`
  return id
}
