import { describe, expect, it } from 'vitest'
import type { OutletSettings } from '#shared/outlet/outlet.ts'
import { areaIdFor, draftOf, isSameDraft } from '../../../client/pages/manager/outlet/outlet-draft.ts'
import { outletProblems } from '../../../client/pages/manager/outlet/outlet-problems.ts'

const day = [{ from: '08:00', until: '22:00' }]

function settings(change: Partial<OutletSettings> = {}): OutletSettings {
  return {
    slug: 'mojopahit',
    name: 'Mojopahit',
    chainName: 'Titik Koma',
    address: '',
    zone: 'Asia/Jakarta',
    areas: [{ id: 'teras', name: 'Teras' }],
    hours: [day, day, day, day, day, day, day],
    specialDays: [],
    seasons: [],
    dayEndsAt: '04:00',
    charges: {
      service: { label: { id: 'Layanan', en: 'Service' }, permille: 50, base: 'after_discount' },
      tax: { label: { id: 'PB1', en: 'PB1 tax' }, permille: 100, mode: 'exclusive' },
    },
    presence: { word: false },
    caps: { unpaidTableRp: 1_500_000 },
    pickup: { isOn: false, isServiceCharged: false },
    ...change,
  }
}

describe('what is wrong with an outlet is named by field', () => {
  it('says nothing about right settings', () => {
    expect(outletProblems(settings()).size).toBe(0)
  })

  it('names an empty name, a missing time, a tax above ten percent and one without an English name', () => {
    const wrong = settings({
      name: ' ',
      hours: [day, [{ from: '08:00', until: '' }], day, day, day, day, day],
      charges: {
        ...settings().charges,
        tax: { label: { id: 'PB1', en: ' ' }, permille: 110, mode: 'exclusive' },
      },
      caps: { unpaidTableRp: Number.NaN },
    })
    expect([...outletProblems(wrong)]).toEqual(
      expect.arrayContaining([
        ['name', 'empty'],
        ['hours.1.0.until', 'time'],
        ['charges.tax.permille', 'percent'],
        ['charges.tax.label.en', 'empty'],
        ['caps.unpaidTableRp', 'amount'],
      ]),
    )
  })

  it('lets a span end after midnight, and refuses spans that lie upon each other', () => {
    const late = [{ from: '16:00', until: '02:00' }]
    const double = [
      { from: '16:00', until: '02:00' },
      { from: '18:00', until: '20:00' },
    ]
    const problems = outletProblems(settings({ hours: [late, double, day, day, day, day, day] }))
    expect([...problems]).toEqual([['hours.1.1.from', 'overlap']])
  })

  it('refuses a season that ends before it begins, and the same special day twice', () => {
    const holiday = { day: '2027-01-01', hours: [], note: { id: 'Tahun baru', en: 'New year' } }
    const season = {
      name: { id: 'Ramadan', en: 'Ramadan' },
      firstDay: '2027-02-08',
      lastDay: '2027-02-01',
      hours: settings().hours,
    }
    const problems = outletProblems(settings({ specialDays: [holiday, holiday], seasons: [season] }))
    expect([...problems]).toEqual([
      ['specialDays.1.day', 'twice'],
      ['seasons.0.lastDay', 'order'],
    ])
  })
})

describe('a draft of an outlet', () => {
  const outlet = {
    ...settings({ hours: [[{ from: '08:00', until: '24:00' }], day, day, day, day, day, day] }),
    id: 'out_00000000000000000000000000',
    rev: 3,
    load: { mode: 'normal', addMinutes: 0, message: null },
  } as const

  it('writes the end of the day as a time field can show it', () => {
    expect(draftOf(outlet).hours[0]).toEqual([{ from: '08:00', until: '00:00' }])
  })

  it('is the same until something is changed, and not afterwards', () => {
    const draft = draftOf(outlet)
    expect(isSameDraft(draft, draftOf(outlet))).toBe(true)
    draft.charges.tax.permille = 75
    draft.charges.tax.label.en = 'Tax'
    expect(isSameDraft(draft, draftOf(outlet))).toBe(false)
    expect(outlet.charges.tax).toMatchObject({ permille: 100, label: { en: 'PB1 tax' } })
  })

  it('makes keys of areas that are never taken twice', () => {
    expect(areaIdFor('Lantai Atas', [])).toBe('lantai-atas')
    expect(areaIdFor('Lantai Atas', ['lantai-atas'])).toBe('lantai-atas-2')
    expect(areaIdFor('露台', [])).toBe('area')
  })
})
