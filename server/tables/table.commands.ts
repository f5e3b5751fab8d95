import { ok, refuse } from '#shared/kernel/result.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Scan, Table, Touchpoint } from '#shared/tables/table.ts'
import { type Context, command, worksAt } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import { readRecord } from '../platform/database/records.ts'
import {
  addCustomer,
  type CodeRow,
  isLabelFree,
  noteScan,
  readCode,
  readTable,
  replaceCode,
  rotateTable,
  saveTable,
  saveTouchpoint,
  shortCodeOf,
  tellTable,
} from './table.store.ts'

async function outletFor(context: Context, outletId: string) {
  const outlet = await readOutlet(context.tx, outletId)
  if (!outlet) return refuse({ code: 'outlet.unknown' })
  if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
  return ok(outlet)
}

/** A table in an area that the outlet has not would be in no list and on no map. */
function isAreaOf(outlet: Outlet, areaId: string): boolean {
  return outlet.areas.some((area) => area.id === areaId)
}

const unknownArea = refuse({ code: 'request.invalid', field: 'areaId' })

/** A first contact is counted where it happened; a name that is given up later takes nothing of it back. */
async function countContact(context: Context, code: CodeRow): Promise<void> {
  const table = code.table_id && (await readTable(context.tx, code.table_id))
  if (table) {
    await tellTable(context, { ...table, rev: table.rev + 1, contacts: (table.contacts ?? 0) + 1 })
  }
  const touchpoint =
    code.touchpoint_id && (await readRecord<Touchpoint>(context.tx, 'touchpoint', code.touchpoint_id))
  if (touchpoint) {
    await saveTouchpoint(context, {
      ...touchpoint,
      rev: touchpoint.rev + 1,
      contacts: touchpoint.contacts + 1,
    })
  }
}

/** A phone whose first contact this is gets a name of its own and is counted for the code. */
async function knowCustomer(context: Context, code: CodeRow | null): Promise<string> {
  if (context.actor.kind === 'customer') return context.actor.id
  const customerId = context.makeId('cus')
  await addCustomer(context.tx, customerId, code?.token ?? null, context.nowMs)
  await context.issueSession('customer', customerId, null)
  if (code) await countContact(context, code)
  return customerId
}

function tableOfScan(table: Table | undefined, outlet: Outlet): Scan['table'] {
  if (!table) return null
  const areaName = outlet.areas.find((area) => area.id === table.areaId)?.name ?? ''
  return { id: table.id, label: table.label, areaName }
}

export const tableCommandList = [
  command('code.scan', {
    who: 'anyone',
    async handle(context, { token }) {
      const code = await readCode(context.tx, token)
      if (!code) return refuse({ code: 'code.unknown' })
      if (code.replaced_at_ms !== null) return refuse({ code: 'code.replaced' })
      const outlet = await readOutlet(context.tx, code.outlet_id)
      const table = code.table_id ? await readTable(context.tx, code.table_id) : undefined
      if (!outlet || (code.table_id && !table?.isActive)) return refuse({ code: 'code.unknown' })
      const customerId = await knowCustomer(context, code)
      if (table)
        await noteScan(context.tx, customerId, { tableId: table.id, origin: context.origin() }, context.nowMs)
      const scan = { customerId, outletId: outlet.id, table: tableOfScan(table, outlet) }
      return ok({ ...scan, scannedAtMs: context.nowMs } satisfies Scan)
    },
    again: (context, _args, result) => context.issueSession('customer', (result as Scan).customerId, null),
  }),

  command('phone.begin', {
    who: 'anyone',
    async handle(context, { outletId }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      return ok({ customerId: await knowCustomer(context, null), outletId })
    },
    again: (context, _args, result) =>
      context.issueSession('customer', (result as { customerId: string }).customerId, null),
  }),

  command('table.add', {
    who: 'manager',
    async handle(context, { tableId, outletId, areaId, label, seats }) {
      const outlet = await outletFor(context, outletId)
      if (!outlet.ok) return outlet
      if (!isAreaOf(outlet.value, areaId)) return unknownArea
      if (await readTable(context.tx, tableId)) return refuse({ code: 'table.id_taken' })
      if (!(await isLabelFree(context.tx, outletId, label, tableId)))
        return refuse({ code: 'table.label_taken' })
      const table: Table = {
        id: tableId,
        rev: 1,
        outletId,
        areaId,
        label,
        seats,
        shortCode: '',
        isActive: true,
      }
      await saveTable(context, table)
      const token = await replaceCode(context.tx, outletId, { tableId }, context.nowMs)
      await saveTable(context, { ...table, rev: 2, shortCode: shortCodeOf(token) })
      return ok({ tableId })
    },
  }),

  command('table.change', {
    who: 'manager',
    async handle(context, { tableId, ...wish }) {
      const table = await readTable(context.tx, tableId)
      if (!table) return refuse({ code: 'table.unknown' })
      const outlet = await outletFor(context, table.outletId)
      if (!outlet.ok) return outlet
      // One whose area was taken away since may stay there until somebody moves it.
      if (wish.areaId !== table.areaId && !isAreaOf(outlet.value, wish.areaId)) return unknownArea
      if (!(await isLabelFree(context.tx, table.outletId, wish.label, tableId))) {
        return refuse({ code: 'table.label_taken' })
      }
      await saveTable(context, { ...table, ...wish, rev: table.rev + 1 })
      return ok({ tableId })
    },
  }),

  command('table.rotate', {
    who: 'manager',
    async handle(context, { outletId, tableIds }) {
      const outlet = await outletFor(context, outletId)
      if (!outlet.ok) return outlet
      for (const tableId of new Set(tableIds)) {
        const table = await readTable(context.tx, tableId)
        if (table?.outletId !== outletId) return refuse({ code: 'table.unknown', tableId })
        await rotateTable(context, table)
      }
      return ok({ count: tableIds.length })
    },
  }),

  command('touchpoint.add', {
    who: 'manager',
    async handle(context, { touchpointId, outletId, kind, label }) {
      const outlet = await outletFor(context, outletId)
      if (!outlet.ok) return outlet
      if (await readRecord(context.tx, 'touchpoint', touchpointId))
        return refuse({ code: 'touchpoint.id_taken' })
      const touchpoint: Touchpoint = {
        id: touchpointId,
        rev: 1,
        outletId,
        kind,
        label,
        shortCode: '',
        contacts: 0,
      }
      await saveTouchpoint(context, touchpoint)
      const token = await replaceCode(context.tx, outletId, { touchpointId }, context.nowMs)
      await saveTouchpoint(context, { ...touchpoint, rev: 2, shortCode: shortCodeOf(token) })
      return ok({ touchpointId })
    },
  }),

  command('touchpoint.rotate', {
    who: 'manager',
    async handle(context, { touchpointId }) {
      const touchpoint = await readRecord<Touchpoint>(context.tx, 'touchpoint', touchpointId)
      if (!touchpoint) return refuse({ code: 'touchpoint.unknown' })
      const outlet = await outletFor(context, touchpoint.outletId)
      if (!outlet.ok) return outlet
      const token = await replaceCode(context.tx, touchpoint.outletId, { touchpointId }, context.nowMs)
      await saveTouchpoint(context, { ...touchpoint, rev: touchpoint.rev + 1, shortCode: shortCodeOf(token) })
      return ok({ touchpointId })
    },
  }),
]
