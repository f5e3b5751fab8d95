// What a first scan costs: bytes, largest paint on slow 4G with a slow CPU, and the next opening offline.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { openBusyShop } from '../support/busy-shop.ts'
import { freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { openSideReader } from '../support/table-data.ts'
import { ms, type Row, row } from './table.ts'

const ROUNDS = 3
const KB = 1024
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1e6) / 8,
  uploadThroughput: (0.75 * 1e6) / 8,
}

const HEADERS = { 'accept-encoding': 'br' }

/** The bytes on the wire of an address, and its text. */
async function load(url: string): Promise<{ bytes: number; text: string }> {
  const { get } = await import('node:http')
  return new Promise((resolve, reject) => {
    get(url, { headers: HEADERS }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const body = Buffer.concat(parts)
        const isPacked = response.headers['content-encoding'] === 'br'
        resolve({ bytes: body.length, text: (isPacked ? brotliDecompressSync(body) : body).toString() })
      })
    }).on('error', reject)
  })
}

/** Every script, style and font that the page names, and what those name in turn. */
async function firstBytes(origin: string, path: string): Promise<{ total: number; parts: string }> {
  const page = await load(`${origin}${path}`)
  const waiting = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css|woff2))"/g)].map(
    (m) => m[1] ?? '',
  )
  const sizes = new Map([['html', page.bytes]])
  const seen = new Set<string>()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const { bytes, text } = await load(`${origin}${next}`)
    const kind = next.slice(next.lastIndexOf('.') + 1)
    sizes.set(kind, (sizes.get(kind) ?? 0) + bytes)
    if (kind === 'css')
      for (const m of text.matchAll(/url\(["']?(\/assets\/[^"')]+\.woff2)/g)) waiting.push(m[1] ?? '')
    if (kind === 'js') {
      for (const m of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
        waiting.push(`/assets/${m[1]}`)
    }
  }
  // The bar counts page, styles, scripts and menu; the font is swapped in later and is shown beside it.
  const total = [...sizes].reduce((sum, [kind, bytes]) => sum + (kind === 'woff2' ? 0 : bytes), 0)
  const parts = [...sizes].map(([kind, bytes]) => `${kind} ${(bytes / KB).toFixed(0)}`).join(', ')
  return { total, parts }
}

async function slowPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
  })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  return page
}

/** When the largest thing was painted, in milliseconds from the navigation. */
async function largestPaint(page: Page, url: string): Promise<number> {
  await page.addInitScript(() => {
    const seen = { ms: 0 }
    Object.assign(globalThis, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.ms = entry.startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(3500)
  return page.evaluate(() => (globalThis as unknown as { seen: { ms: number } }).seen.ms)
}

async function medianPaint(browser: Browser, url: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const page = await slowPage(browser)
    times.push(await largestPaint(page, url))
    await page.context().close()
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
}

/** A page of the same words without any program, for what the network alone costs. */
async function staticPage(text: string): Promise<{ url: string; close: () => void }> {
  const escaped = text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)
  const lines = escaped.split('\n').map((line) => `<p>${line}</p>`)
  const html = `<!doctype html><html lang="id"><meta name="viewport" content="width=device-width"><title>Menu</title><body>${lines.join('')}`
  const bytes = brotliCompressSync(html)
  const server = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' })
      .end(bytes)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

function findChromium(): string | null {
  const found = spawnSync('which', ['chromium', 'chromium-browser', 'google-chrome'], { encoding: 'utf8' })
  return found.stdout.split('\n')[0] || null
}

export async function benchFirstScan(): Promise<Row[]> {
  const distDir = process.env.DIST_DIR ?? join(import.meta.dirname, '..', '..', 'dist')
  const dataDir = makeFolder('bench')
  const meja = await startMeja({ dataDir, distDir, port: await freePort() })
  await openBusyShop(meja)
  const side = await openSideReader({ dataDir })
  const [code] = await side.rows<{ token: string }>(
    'SELECT token FROM codes WHERE table_id IS NOT NULL LIMIT 1',
  )
  await side.close()
  const url = `${meja.url}/t/${code?.token}`
  const { total, parts } = await firstBytes(meja.url, `/t/${code?.token}`)
  const rows = [
    row('first scan: HTML with the menu, CSS, JS, compressed', `${(total / KB).toFixed(0)} KB (${parts})`, {
      bar: '< 120 KB',
      met: total < 120 * KB,
    }),
  ]
  const executablePath = findChromium()
  if (!executablePath) {
    await meja.stop()
    return [...rows, row('largest paint, second opening', 'not measured: no chromium on PATH')]
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  const paintMs = await medianPaint(browser, url)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(2000)
  const words = await page.evaluate(() => document.body.innerText)
  const plain = await staticPage(words)
  const plainMs = await medianPaint(browser, plain.url)
  plain.close()
  rows.push(
    row('largest paint, slow 4G, CPU 4× slower', ms(paintMs), {
      beside: `static page of the same words: ${ms(plainMs)}`,
      ratio: `${(paintMs / plainMs).toFixed(1)}×`,
      bar: '< 1500 ms',
      met: paintMs < 1500,
    }),
  )
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForTimeout(3000)
  await page.close()
  await meja.stop()
  const again = await context.newPage()
  const offlineMs = await largestPaint(again, url).catch(() => Number.NaN)
  const lines = (await again.evaluate(() => document.body.innerText).catch(() => '')).split('\n').length
  await browser.close()
  rows.push(
    row('second opening, server stopped', `${ms(offlineMs)}, ${lines} lines of text`, {
      bar: '< 1000 ms',
      met: offlineMs > 0 && offlineMs < 1000 && lines > 20,
    }),
  )
  return rows
}
