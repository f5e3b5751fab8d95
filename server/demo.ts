import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DoorDeps, runAsHouse } from './commands.ts'
import { demoOutlets } from './outlet/demo-outlets.ts'
import { readOutlets } from './outlet/outlet.store.ts'
import { makeId } from './platform/random-ids.ts'

const touchpoints = [
  { kind: 'counter', label: 'Kasir' },
  { kind: 'merchandise', label: 'Tumbler' },
  { kind: 'instagram', label: 'Instagram' },
  { kind: 'maps', label: 'Google Maps' },
] as const

/** Fills an empty database with the demo shop, through the same commands that everybody uses. */
export async function seedDemo(deps: DoorDeps): Promise<void> {
  if ((await readOutlets(deps.database.read)).length > 0) return
  const nowMs = deps.clock.now()
  const ask = (name: string, args: unknown) => runAsHouse(deps, name, makeId('cmd', nowMs), args)
  for (const { settings, tables } of demoOutlets(new Date(nowMs).getUTCFullYear())) {
    const outletId = makeId('out', nowMs)
    await ask('outlet.open', { outletId, settings })
    const added = tables.flatMap(({ areaId, letter, seats }) =>
      seats.map((seatCount, index) =>
        ask('table.add', {
          tableId: makeId('tbl', nowMs),
          outletId,
          areaId,
          label: `${letter}${index + 1}`,
          seats: seatCount,
        }),
      ),
    )
    await Promise.all(added)
    for (const touchpoint of touchpoints) {
      await ask('touchpoint.add', { touchpointId: makeId('tch', nowMs), outletId, ...touchpoint })
    }
  }
  await ask('menu.import', { csv: readFileSync(join(import.meta.dirname, 'menu', 'demo-menu.csv'), 'utf8') })
}
