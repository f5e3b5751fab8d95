import { setImmediate } from 'node:timers/promises'
import { Hono, type Context as HonoContext } from 'hono'
import { markOf } from '#shared/outlet/mark.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { refusalStatus } from '#shared/protocol.ts'
import type { Touchpoint } from '#shared/tables/table.ts'
import type { CallersOf } from '../actors.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { BusyError } from '../platform/database/writer.ts'
import { heavyWork, type RunAside } from '../platform/heavy/heavy-work.ts'
import type { Length } from '../platform/heavy/turns.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { type CodeBrand, type CodeLabel, MAX_LABELS } from './printing/code-label.ts'
import { printPdf, printPicture, printZip } from './printing/print-aside.ts'
import { SHEET_LAYOUTS, type SheetLayout } from './printing/sheet-layouts.ts'
import { type PrintableCode, readPresentCodes, readTable } from './table.store.ts'

type TableRouteDeps = {
  readonly read: Reader
  readonly callers: CallersOf
  /** The origin that printed codes carry, as phones will reach it. */
  readonly publicOrigin: (request: Request) => string
}

/** Pictures take their time, and others wait to print. */
const MAX_ZIP_LABELS = 500
/** Read in one go; between two of these, orders have their turn. */
const LABELS_AT_ONCE = 50
const RETRY_AFTER_S = 10

async function labelOf(
  read: Reader,
  outlet: Outlet,
  code: PrintableCode,
  origin: string,
): Promise<CodeLabel | null> {
  const url = `${origin}/t/${code.token}`
  if (code.table_id) {
    const table = await readTable(read, code.table_id)
    if (!table?.isActive) return null
    const areaName = outlet.areas.find((area) => area.id === table.areaId)?.name ?? null
    return {
      url,
      outletName: outlet.name,
      label: table.label,
      areaName,
      shortCode: table.shortCode,
      kind: 'table',
    }
  }
  const touchpoint =
    code.touchpoint_id && (await readRecord<Touchpoint>(read, 'touchpoint', code.touchpoint_id))
  if (!touchpoint) return null
  return {
    url,
    outletName: outlet.name,
    label: touchpoint.label,
    areaName: null,
    shortCode: touchpoint.shortCode,
    kind: touchpoint.kind,
  }
}

const byLabel = new Intl.Collator('id', { numeric: true })

function naturally(a: CodeLabel, b: CodeLabel): number {
  const isAfter = Number(a.kind !== 'table') - Number(b.kind !== 'table')
  return isAfter || byLabel.compare(a.label, b.label)
}

/** The labels asked for, tables before touchpoints, each in natural order; `ids` empty means every table. */
async function labelsFor(
  read: Reader,
  outlet: Outlet,
  ids: ReadonlySet<string>,
  origin: string,
): Promise<CodeLabel[]> {
  const codes = await readPresentCodes(read, outlet.id)
  const wanted = codes.filter((code) =>
    ids.size === 0 ? code.table_id !== null : ids.has(code.table_id ?? code.touchpoint_id ?? ''),
  )
  const labels: CodeLabel[] = []
  for (let first = 0; first < wanted.length; first += LABELS_AT_ONCE) {
    const some = wanted.slice(first, first + LABELS_AT_ONCE)
    const found = await Promise.all(some.map((code) => labelOf(read, outlet, code, origin)))
    labels.push(...found.filter((label) => label !== null))
    await setImmediate()
  }
  return labels.sort(naturally)
}

function brandOf(outlet: Outlet): CodeBrand {
  return { name: outlet.chainName, mark: markOf(outlet) }
}

function isLayout(text: string): text is SheetLayout {
  return (SHEET_LAYOUTS as readonly string[]).includes(text)
}

/** Prints in turn; who comes when too many wait already is told so. */
async function inTurn(
  c: HonoContext,
  length: Length,
  print: (run: RunAside) => Promise<Response>,
): Promise<Response> {
  try {
    return await heavyWork(length, print)
  } catch (error) {
    if (!(error instanceof BusyError)) throw error
    c.header('Retry-After', String(RETRY_AFTER_S))
    return c.json({ ok: false, refusal: { code: 'server.busy' } }, refusalStatus['server.busy'])
  }
}

function fileAnswer(
  c: HonoContext,
  bytes: Uint8Array | string,
  type: string,
  name: string | null = null,
): Response {
  const disposition = name ? { 'content-disposition': `attachment; filename="${name}"` } : undefined
  const headers = { 'content-type': type, ...disposition }
  return c.body(typeof bytes === 'string' ? bytes : new Uint8Array(bytes), { headers })
}

/** `GET /api/desk/<outlet>/codes…`: the table codes as files to print; managers only, they carry the tokens. */
export function tableRoutes({ read, callers, publicOrigin }: TableRouteDeps): Hono {
  const app = new Hono()
  app.on('GET', ['/:outletId/codes.pdf', '/:outletId/codes.zip'], async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const outlet = await readOutlet(read, outletId)
    if (!outlet) return deskRefusal(c)
    const ids = new Set((c.req.query('ids') ?? '').split(',').filter((id) => id !== ''))
    const layout = c.req.query('layout') ?? 'sticker-grid'
    const isZip = c.req.path.endsWith('.zip')
    const max = isZip ? MAX_ZIP_LABELS : MAX_LABELS
    const invalid = (facts: { field: string; max?: number }) =>
      c.json({ ok: false, refusal: { code: 'request.invalid', ...facts } }, 422)
    if (!isLayout(layout)) return invalid({ field: 'layout' })
    return inTurn(c, 'long', async (run) => {
      const labels = await labelsFor(read, outlet, ids, publicOrigin(c.req.raw))
      if (labels.length === 0 || labels.length > max) return invalid({ field: 'ids', max })
      const brand = brandOf(outlet)
      if (isZip) {
        return fileAnswer(c, await printZip(run, labels, brand), 'application/zip', `${outlet.slug}-qr.zip`)
      }
      const pdf = await printPdf(run, labels, { layout, brand })
      return fileAnswer(c, pdf, 'application/pdf', `${outlet.slug}-${layout}.pdf`)
    })
  })

  app.get('/:outletId/codes/:file{[a-z]{3}_[0-9a-z]{26}\\.(?:svg|png)}', async (c) => {
    const outletId = c.req.param('outletId')
    const [id = '', extension] = c.req.param('file').split('.')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const outlet = await readOutlet(read, outletId)
    if (!outlet) return deskRefusal(c)
    const kind = extension === 'svg' ? 'svg' : 'png'
    return inTurn(c, 'quick', async (run) => {
      const [label] = await labelsFor(read, outlet, new Set([id]), publicOrigin(c.req.raw))
      if (!label) return deskRefusal(c)
      const picture = await printPicture(run, label, brandOf(outlet), kind)
      return fileAnswer(c, picture, kind === 'svg' ? 'image/svg+xml' : 'image/png')
    })
  })
  return app
}
