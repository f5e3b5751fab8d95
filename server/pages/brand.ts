import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { markOf } from '#shared/outlet/mark.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { refusalStatus } from '#shared/protocol.ts'
import { readOutlets } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { BusyError } from '../platform/database/writer.ts'
import { heavyWork } from '../platform/heavy/heavy-work.ts'
import type { AppIcon } from '../tables/printing/app-icon.ts'
import { drawIcon } from '../tables/printing/print-aside.ts'

type ShopBrand = { readonly name: string; readonly mark: string }
type IconFile = Omit<AppIcon, 'mark'> & { readonly pixels: number | null }

const MANIFEST_KEEPS_S = 300
const RETRY_AFTER_S = 10
/** Ten files for each of a shop's last few marks. */
const MAX_DRAWN = 60
/** Raised when icons are drawn differently, so that phones fetch them again. */
const DRAWING = 1

const customerIcons: Readonly<Record<string, IconFile>> = {
  'favicon.svg': { isStaff: false, ground: 'rounded', pixels: null },
  'icon-192.png': { isStaff: false, ground: 'rounded', pixels: 192 },
  'icon-512.png': { isStaff: false, ground: 'rounded', pixels: 512 },
  'icon-maskable-512.png': { isStaff: false, ground: 'maskable', pixels: 512 },
  'apple-touch-icon.png': { isStaff: false, ground: 'whole', pixels: 180 },
}
const iconFiles = new Map<string, IconFile>(
  Object.entries(customerIcons).flatMap(([name, file]) => [
    [name, file],
    [`staff-${name}`, { ...file, isStaff: true }],
  ]),
)

export function brandOf(outlet: Outlet): ShopBrand {
  return { name: outlet.chainName, mark: markOf(outlet) }
}

/** The shop's name and mark, as its first outlet has them; null before there is any. */
export async function readBrand(read: Reader): Promise<ShopBrand | null> {
  const [first] = await readOutlets(read)
  return first ? brandOf(first) : null
}

function revisionOf(mark: string): string {
  return createHash('sha256').update(`${DRAWING} ${mark}`).digest('hex').slice(0, 16)
}

function manifestOf({ name, mark }: ShopBrand, isStaff: boolean): object {
  const title = isStaff ? `Staf ${name}` : name
  const icon = (file: string, pixels: number, purpose: string) => ({
    src: `/icons/${isStaff ? 'staff-' : ''}${file}?v=${revisionOf(mark)}`,
    sizes: `${pixels}x${pixels}`,
    type: 'image/png',
    purpose,
  })
  return {
    id: isStaff ? '/staff/' : '/',
    name: title,
    short_name: title,
    description: isStaff
      ? 'Papan pesanan dan ruang belakang kedai.'
      : 'Pesan dari meja, pantau sampai siap, tanpa antre.',
    lang: 'id',
    dir: 'ltr',
    scope: isStaff ? '/staff/' : '/',
    start_url: isStaff ? '/staff/board' : '/',
    display: 'standalone',
    ...(isStaff ? { orientation: 'any' } : {}),
    theme_color: '#faf5ec',
    background_color: '#faf5ec',
    categories: [isStaff ? 'business' : 'food'],
    icons: [
      icon('icon-192.png', 192, 'any'),
      icon('icon-512.png', 512, 'any'),
      icon('icon-maskable-512.png', 512, 'maskable'),
    ],
  }
}

/** `/manifest.webmanifest`, `/staff.webmanifest` and `/icons/…`: what an installed app is called and wears. */
export function brandRoutes({ read }: { readonly read: Reader }): Hono {
  const app = new Hono()
  const drawn = new Map<string, Promise<Uint8Array | string>>()

  /** Draws each icon once, however many phones ask; one that could not be drawn is tried again. */
  function drawOnce(name: string, mark: string, { pixels, ...look }: IconFile): Promise<Uint8Array | string> {
    const key = `${name} ${mark}`
    const before = drawn.get(key)
    if (before) return before
    if (drawn.size >= MAX_DRAWN) drawn.clear()
    const drawing = heavyWork('quick', (run) => drawIcon(run, { mark, ...look }, pixels))
    drawn.set(key, drawing)
    drawing.catch(() => drawn.delete(key))
    return drawing
  }

  app.on('GET', ['/manifest.webmanifest', '/staff.webmanifest'], async (c) => {
    const isStaff = c.req.path === '/staff.webmanifest'
    const brand = (await readBrand(read)) ?? { name: 'Meja', mark: 'M' }
    c.header('content-type', 'application/manifest+json')
    c.header('cache-control', `public, max-age=${MANIFEST_KEEPS_S}`)
    return c.body(JSON.stringify(manifestOf(brand, isStaff)))
  })

  app.get('/icons/:file', async (c) => {
    const name = c.req.param('file')
    const file = iconFiles.get(name)
    if (!file) return c.text('Not found', 404)
    const mark = (await readBrand(read))?.mark ?? 'M'
    const revision = revisionOf(mark)
    const isNamed = c.req.query('v') === revision
    const headers = {
      etag: `"${revision}"`,
      'cache-control': isNamed ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    if (c.req.header('if-none-match')?.includes(headers.etag)) return c.body(null, 304, headers)
    try {
      const picture = await drawOnce(name, mark, file)
      const bytes = typeof picture === 'string' ? picture : new Uint8Array(picture)
      const type = file.pixels === null ? 'image/svg+xml' : 'image/png'
      return c.body(bytes, 200, { ...headers, 'content-type': type })
    } catch (error) {
      if (!(error instanceof BusyError)) throw error
      c.header('Retry-After', String(RETRY_AFTER_S))
      return c.json({ ok: false, refusal: { code: 'server.busy' } }, refusalStatus['server.busy'])
    }
  })
  return app
}
