import { type DoorDeps, runAsHouse } from '../commands.ts'
import { firstOutlet } from '../outlet/first-outlet.ts'
import { readOutlets } from '../outlet/outlet.store.ts'

// The same for every shop, so that two servers that start at once open one outlet and not two.
const COMMAND_ID = 'cmd_00000000000000000000000001'
const OUTLET_ID = 'out_00000000000000000000000001'

/** Opens one plain outlet in an empty database, so that its owner has something to set up. */
export function openFirstShop(deps: DoorDeps): Promise<void> {
  return deps.database.alone(async () => {
    if ((await readOutlets(deps.database.read)).length > 0) return
    await runAsHouse(deps, 'outlet.open', COMMAND_ID, { outletId: OUTLET_ID, settings: firstOutlet() })
  })
}
