import { Hono } from 'hono'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Touchpoint } from '#shared/tables/table.ts'
import type { CallersOf } from '../actors.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database.ts'
import { readRecord } from '../platform/records.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { type CodeBrand, type CodeLabel, MAX_LABELS } from './printing/code-label.ts'
import { SHEET_LAYOUTS, type SheetLayout } from './printing/sheet-layouts.ts'
import { type PrintableCode, readPresentCodes, readTable } from './table.store.ts'

type TableRouteDeps = {
  readonly read: Reader
  readonly callers: CallersOf
  /** The origin that printed codes carry, as phones will reach it. */
  readonly publicOrigin: (request: Request) => string
}

/** Pictures take their time; more of them at once would keep orders waiting. */
const MAX_ZIP_LABELS = 500

// Fonts, PDF and pictures take a third of a small server's memory: they are loaded by the first who prints.
async function printPdf(labels: readonly CodeLabel[], options: { layout: SheetLayout; brand: CodeBrand }) {
  return (await import('./printing/code-sheet.ts')).renderPdf(labels, options)
}

async function printZip(labels: readonly CodeLabel[], brand: CodeBrand) {
  return (await import('./printing/code-zip.ts')).renderZip(labels, brand)
}

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
    kind: 'touchpoint',
  }
}

function naturally(a: CodeLabel, b: CodeLabel): number {
  return a.kind.localeCompare(b.kind) || a.label.localeCompare(b.label, 'id', { numeric: true })
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
  const labels = await Promise.all(wanted.map((code) => labelOf(read, outlet, code, origin)))
  return labels.filter((label) => label !== null).sort(naturally)
}

function isLayout(text: string): text is SheetLayout {
  return (SHEET_LAYOUTS as readonly string[]).includes(text)
}

/** `GET /api/desk/<outlet>/codes…`: the table codes as files to print; managers only, they carry the tokens. */
export function tableRoutes({ read, callers, publicOrigin }: TableRouteDeps): Hono {
  const app = new Hono()
  app.get('/:outletId/:file{codes\\.(?:pdf|zip)}', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const outlet = await readOutlet(read, outletId)
    if (!outlet) return deskRefusal(c)
    const ids = new Set((c.req.query('ids') ?? '').split(',').filter((id) => id !== ''))
    const layout = c.req.query('layout') ?? 'sticker-grid'
    const labels = await labelsFor(read, outlet, ids, publicOrigin(c.req.raw))
    const isZip = c.req.param('file') === 'codes.zip'
    const max = isZip ? MAX_ZIP_LABELS : MAX_LABELS
    if (!isLayout(layout))
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 'layout' } }, 422)
    if (labels.length === 0 || labels.length > max) {
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 'ids', max } }, 422)
    }
    const brand = { name: outlet.chainName, mark: ';' }
    const bytes = isZip ? await printZip(labels, brand) : await printPdf(labels, { layout, brand })
    return c.body(new Uint8Array(bytes), {
      headers: {
        'content-type': isZip ? 'application/zip' : 'application/pdf',
        'content-disposition': `attachment; filename="${outlet.slug}-${isZip ? 'qr.zip' : `${layout}.pdf`}"`,
      },
    })
  })

  app.get('/:outletId/codes/:file{[a-z]{3}_[0-9a-z]{26}\\.(?:svg|png)}', async (c) => {
    const outletId = c.req.param('outletId')
    const [id = '', extension] = c.req.param('file').split('.')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const outlet = await readOutlet(read, outletId)
    if (!outlet) return deskRefusal(c)
    const [label] = await labelsFor(read, outlet, new Set([id]), publicOrigin(c.req.raw))
    if (!label) return deskRefusal(c)
    const brand = { name: outlet.chainName, mark: ';' }
    const { renderPng, renderSvg } = await import('./printing/code-svg.ts')
    if (extension === 'svg') {
      return c.body(renderSvg(label, brand), { headers: { 'content-type': 'image/svg+xml' } })
    }
    const png = await renderPng(label, 1200, brand)
    return c.body(new Uint8Array(png), { headers: { 'content-type': 'image/png' } })
  })
  return app
}
