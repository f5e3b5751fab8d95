import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type IdPrefix, newId } from '#shared/kernel/ids.ts'
import { DEFAULT_PAYMENT_SETTINGS, type PaymentSettings } from '#shared/payment/payment-settings.ts'
import { type DoorDeps, runAsHouse } from '../commands.ts'
import { readMenu } from '../menu/menu.store.ts'
import { demoOutlets } from '../outlet/demo-outlets.ts'
import { readOutlets } from '../outlet/outlet.store.ts'

const touchpoints = [
  { kind: 'counter', label: 'Kasir' },
  { kind: 'merchandise', label: 'Tumbler' },
  { kind: 'instagram', label: 'Instagram' },
  { kind: 'maps', label: 'Google Maps' },
] as const

/** No money moves: the practice gateway's payer is a button. */
const demoPayment: PaymentSettings = {
  ...DEFAULT_PAYMENT_SETTINGS,
  methods: ['qris', 'cash', 'card'],
  provider: 'practice',
}

/** The same words give the same id, on every server and at every start. */
function demoId(prefix: IdPrefix, ...words: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(['demo', ...words]))
    .digest()
  return newId(prefix, 0, digest)
}

/** True when nothing is left to seed: the shop is somebody's own, or each demo outlet sells something. */
async function isSeeded({ database }: DoorDeps, demoOutletIds: ReadonlySet<string>): Promise<boolean> {
  const openIds = (await readOutlets(database.read)).map(({ id }) => id)
  const opened = openIds.filter((id) => demoOutletIds.has(id))
  if (opened.length < demoOutletIds.size) return openIds.length > 0 && opened.length === 0
  const menus = await Promise.all(opened.map((id) => readMenu(database.read, id)))
  return menus.every((menu) => menu !== undefined && menu.items.length > 0)
}

/**
 * Fills an empty database with the demo shop, through the same commands that everybody uses. Ids follow
 * from the content: a server that was killed half way goes on where it was, since the door answers a known
 * command with its first answer. Of servers that start at once one makes the shop, the others find it.
 */
export function seedDemo(deps: DoorDeps): Promise<void> {
  return deps.database.alone(() => seedMissing(deps))
}

async function seedMissing(deps: DoorDeps): Promise<void> {
  const outlets = demoOutlets(new Date(deps.clock.now()).getUTCFullYear()).map((outlet) => ({
    ...outlet,
    outletId: demoId('out', outlet.settings.slug),
  }))
  if (await isSeeded(deps, new Set(outlets.map(({ outletId }) => outletId)))) return
  const ask = (name: string, args: unknown, ...subject: readonly string[]) =>
    runAsHouse(deps, name, demoId('cmd', name, ...subject), args)
  const openIds = new Set((await readOutlets(deps.database.read)).map(({ id }) => id))
  for (const { settings, tables, outletId } of outlets) {
    // The settings name the year: what was opened in the old year must not be asked for anew in the next.
    if (!openIds.has(outletId)) await ask('outlet.open', { outletId, settings }, outletId)
    await ask('outlet.set_payment', { outletId, settings: demoPayment }, outletId)
    const added = tables.flatMap(({ areaId, letter, seats }) =>
      seats.map((seatCount, index) => {
        const label = `${letter}${index + 1}`
        const tableId = demoId('tbl', outletId, label)
        return ask('table.add', { tableId, outletId, areaId, label, seats: seatCount }, tableId)
      }),
    )
    await Promise.all(added)
    for (const touchpoint of touchpoints) {
      const touchpointId = demoId('tch', outletId, touchpoint.kind)
      await ask('touchpoint.add', { touchpointId, outletId, ...touchpoint }, touchpointId)
    }
  }
  const csv = readFileSync(join(import.meta.dirname, '..', 'menu', 'demo-menu.csv'), 'utf8')
  await ask('menu.import', { csv }, csv)
}
