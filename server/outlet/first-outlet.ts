import type { OutletSettings } from '#shared/outlet/outlet.ts'

/** What a shop without demo data begins with: one plain outlet, for its owner to rename and fill. */
export function firstOutlet(): OutletSettings {
  const daily = [{ from: '08:00', until: '22:00' }]
  return {
    slug: 'outlet-1',
    name: 'Outlet 1',
    chainName: 'Kedai Saya',
    address: '',
    zone: 'Asia/Jakarta',
    areas: [{ id: 'dalam', name: 'Dalam' }],
    hours: [daily, daily, daily, daily, daily, daily, daily],
    specialDays: [],
    seasons: [],
    dayEndsAt: '04:00',
    charges: {
      service: { label: { id: 'Layanan', en: 'Service' }, permille: 0, base: 'after_discount' },
      tax: { label: { id: 'PB1 10%', en: 'PB1 tax 10%' }, permille: 100, mode: 'exclusive' },
    },
    presence: { word: false },
    caps: { unpaidTableRp: 1_500_000 },
    pickup: { isOn: false, isServiceCharged: false },
  }
}
