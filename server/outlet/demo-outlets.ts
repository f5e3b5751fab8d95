import type { OpenSpan, OutletSettings, WeekHours } from '#shared/outlet/outlet.ts'

/** Days of the demo shop's seasons follow the year in which it is first started. */
function ramadanOf(year: number): { firstDay: string; lastDay: string } {
  const known: Readonly<Record<number, [string, string]>> = {
    2026: ['2026-02-18', '2026-03-19'],
    2027: ['2027-02-08', '2027-03-09'],
    2028: ['2028-01-28', '2028-02-25'],
  }
  const [firstDay, lastDay] = known[year] ?? ['2027-02-08', '2027-03-09']
  return { firstDay, lastDay }
}

function week(daily: OpenSpan, friday: OpenSpan, weekend: OpenSpan): WeekHours {
  return [[weekend], [daily], [daily], [daily], [daily], [friday], [weekend]]
}

const allDay: OpenSpan = { from: '00:00', until: '24:00' }

/** The outlet whose link is printed at the start: whoever tries it, wherever, finds it open. */
function aroundTheClock(settings: OutletSettings): OutletSettings {
  return {
    ...settings,
    hours: week(allDay, allDay, allDay),
    specialDays: settings.specialDays.map((special) => ({ ...special, hours: [allDay] })),
    seasons: settings.seasons.map((season) => ({ ...season, hours: week(allDay, allDay, allDay) })),
  }
}

type DemoOutlet = {
  readonly settings: OutletSettings
  /** Per area: the letter of its tables and how many there are, with how many seats in turn. */
  readonly tables: readonly {
    readonly areaId: string
    readonly letter: string
    readonly seats: readonly number[]
  }[]
}

function settings(
  own: Pick<OutletSettings, 'slug' | 'name' | 'address' | 'areas' | 'hours' | 'charges' | 'presence'>,
  year: number,
): OutletSettings {
  const open = { from: '16:00', until: '02:00' }
  return {
    ...own,
    chainName: 'Titik Koma',
    mark: ';',
    zone: 'Asia/Jakarta',
    specialDays: [
      {
        day: `${year}-12-31`,
        hours: [{ from: '08:00', until: '01:00' }],
        note: { id: 'Malam tahun baru', en: "New Year's Eve" },
      },
      {
        day: `${year + 1}-01-01`,
        hours: [{ from: '12:00', until: '22:00' }],
        note: { id: 'Tahun baru', en: "New Year's Day" },
      },
    ],
    seasons: [
      { name: { id: 'Ramadan', en: 'Ramadan' }, ...ramadanOf(year + 1), hours: week(open, open, open) },
    ],
    dayEndsAt: '04:00',
    caps: { unpaidTableRp: 1_500_000 },
    pickup: { isOn: true, isServiceCharged: false },
  }
}

const pb1 = { label: { id: 'PB1 10%', en: 'PB1 tax 10%' }, permille: 100, mode: 'exclusive' } as const

/** The three outlets of the demo shop, in the year in which it is made. */
export function demoOutlets(year: number): readonly DemoOutlet[] {
  return [
    {
      settings: aroundTheClock(
        settings(
          {
            slug: 'mojopahit',
            name: 'Mojopahit',
            address: 'Jl. Mojopahit, Medan',
            areas: [
              { id: 'dalam', name: 'Dalam' },
              { id: 'teras', name: 'Teras' },
              { id: 'atas', name: 'Lantai atas' },
            ],
            hours: week(allDay, allDay, allDay),
            charges: {
              service: { label: { id: 'Layanan', en: 'Service' }, permille: 0, base: 'after_discount' },
              tax: pb1,
            },
            presence: { word: false },
          },
          year,
        ),
      ),
      tables: [
        { areaId: 'dalam', letter: 'A', seats: [2, 2, 4, 4, 2, 2, 4, 4, 6, 6] },
        { areaId: 'teras', letter: 'B', seats: [2, 2, 2, 4, 4, 4, 4, 6] },
        { areaId: 'atas', letter: 'C', seats: [4, 4, 4, 4, 6, 6, 8, 8, 2, 2, 2, 2] },
      ],
    },
    {
      settings: settings(
        {
          slug: 'multatuli',
          name: 'Multatuli',
          address: 'Kompleks Multatuli, Medan',
          areas: [
            { id: 'dalam', name: 'Dalam' },
            { id: 'taman', name: 'Taman' },
          ],
          hours: week(
            { from: '08:00', until: '23:00' },
            { from: '08:00', until: '01:00' },
            { from: '08:00', until: '01:00' },
          ),
          charges: {
            service: { label: { id: 'Layanan 5%', en: 'Service 5%' }, permille: 50, base: 'after_discount' },
            tax: pb1,
          },
          presence: { word: true },
        },
        year,
      ),
      tables: [
        { areaId: 'dalam', letter: 'A', seats: [2, 2, 4, 4, 4, 6] },
        { areaId: 'taman', letter: 'T', seats: [2, 2, 4, 4, 4, 4, 6, 8] },
      ],
    },
    {
      settings: settings(
        {
          slug: 'ayahanda',
          name: 'Ayahanda',
          address: 'Jl. Ayahanda, Medan',
          areas: [{ id: 'dalam', name: 'Dalam' }],
          hours: week(
            { from: '09:00', until: '22:00' },
            { from: '09:00', until: '22:00' },
            { from: '08:00', until: '23:00' },
          ),
          charges: {
            service: { label: { id: 'Layanan', en: 'Service' }, permille: 0, base: 'after_discount' },
            tax: { label: { id: 'PB1 10%', en: 'PB1 tax 10%' }, permille: 100, mode: 'inclusive' },
          },
          presence: { word: false },
        },
        year,
      ),
      tables: [{ areaId: 'dalam', letter: 'A', seats: [2, 2, 2, 4, 4, 4, 2, 2] }],
    },
  ]
}
