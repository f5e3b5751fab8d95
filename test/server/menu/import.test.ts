import { spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Menu } from '#shared/menu/menu.ts'
import { readMenu } from '../../../server/menu/menu.store.ts'
import { readOutlets } from '../../../server/outlet/outlet.store.ts'
import { openPostgres } from '../../../server/platform/database/postgres/postgres.ts'
import { openSqlite } from '../../../server/platform/database/sqlite.ts'
import { freshName, PEPPER, TEMPLATE_DATABASE } from '../../support/filled-shop.ts'
import { COMPILE_CACHE, emptyDist, freePort, makeFolder, startMeja } from '../../support/meja-process.ts'

const SCRIPT = join(import.meta.dirname, '../../../server/menu/import.ts')
const DEMO = join(import.meta.dirname, '../../../server/menu/demo-menu.csv')
const demoText = readFileSync(DEMO, 'utf8')
/** The demo menu with the first latte of the café at another price. */
const dearer = demoText.replace(',25000,suhu ukuran gula susu shot,', ',27000,suhu ukuran gula susu shot,')
const faulty = demoText.replace(',28000,seduh,', ',mahal,seduh,').replace(',camilan,Tempe', ',cemilan,Tempe')
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

type Run = { code: number | null; out: string; err: string }
type Setting = { readonly dataDir: string; readonly env?: Record<string, string>; readonly input?: string }

/** The command as a manager's terminal runs it. */
function run(args: readonly string[], { dataDir, env, input }: Setting): Promise<Run> {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      DATA_DIR: dataDir,
      PEPPER,
      LANG: 'id_ID.UTF-8',
      ...env,
    },
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    text.out += part
  })
  child.stderr.on('data', (part) => {
    text.err += part
  })
  child.stdin.end(input ?? '')
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...text })))
}

function shopFolder(): string {
  const folder = makeFolder('import')
  cpSync(inject('sqliteTemplate'), folder, { recursive: true })
  return folder
}

function fileWith(text: string | Uint8Array): string {
  const path = join(makeFolder('menu'), 'menu.csv')
  writeFileSync(path, text)
  return path
}

/** Price of the latte at the outlet; opens the database, so no server may run on it. */
async function lattePriceRp(dataDir: string, databaseUrl?: string): Promise<number | undefined> {
  const database = databaseUrl ? await openPostgres(databaseUrl) : openSqlite(dataDir)
  try {
    const outlet = (await readOutlets(database.read)).find((each) => each.slug === 'multatuli')
    const menu = await readMenu(database.read, outlet?.id ?? '')
    return priceIn(menu)
  } finally {
    await database.close()
  }
}
const priceIn = (menu: Pick<Menu, 'items'> | undefined) =>
  menu?.items.find((item) => item.id === 'caffe-latte')?.priceRp

const STORED = `Menu baru tersimpan: 65 item.
  Ayahanda: 61 item
  Mojopahit: 65 item
  Multatuli: 65 item
`

describe('npm run menu:import without a running server', () => {
  test('stores the menu of every outlet, and says how many items each one sells', async () => {
    const dataDir = shopFolder()
    expect(await lattePriceRp(dataDir)).toBe(25_000)
    expect(await run([fileWith(dearer)], { dataDir })).toEqual({ code: 0, out: STORED, err: '' })
    expect(await lattePriceRp(dataDir)).toBe(27_000)
  })

  test('reads standard input for "-", and speaks English in an English terminal', async () => {
    const dataDir = shopFolder()
    const { code, out } = await run(['-'], { dataDir, input: dearer, env: { LANG: 'en_GB.UTF-8' } })
    expect(out).toMatch(/^The new menu is stored: 65 items\.\n {2}Ayahanda: 61 items\n/)
    expect(code).toBe(0)
    expect(await lattePriceRp(dataDir)).toBe(27_000)
  })

  test('does the same on PostgreSQL', async () => {
    const name = freshName()
    const admin = new pg.Client({ connectionString: `${inject('postgresUrl')}/postgres` })
    await admin.connect()
    onTestFinished(async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    })
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`)
    const databaseUrl = `${inject('postgresUrl')}/${name}`
    const setting = { dataDir: makeFolder('import'), env: { DATABASE_URL: databaseUrl } }
    expect(await run([fileWith(dearer)], setting)).toEqual({ code: 0, out: STORED, err: '' })
    expect(await lattePriceRp('', databaseUrl)).toBe(27_000)
  })

  test('names every bad line and changes nothing', async () => {
    const dataDir = shopFolder()
    const { code, out, err } = await run([fileWith(faulty)], { dataDir })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    const lines = err.split('\n')
    expect(lines[0]).toBe(
      `Baris ${lineOf(faulty, ',manual-gayo,')}, kolom price: 'mahal' bukan harga. Tulis angka rupiah, misalnya 18000.`,
    )
    expect(lines.slice(1, -2).every((line) => /^Baris \d+, kolom \w+: /.test(line))).toBe(true)
    expect(lines.at(-2)).toBe('Tidak ada yang diubah. 2 kesalahan: perbaiki, simpan, lalu impor lagi.')
    const english = await run([fileWith(faulty)], { dataDir, env: { LANG: 'en' } })
    expect(english.err).toContain('Nothing was changed. 2 faults: mend, save, then import again.')
    expect(await lattePriceRp(dataDir)).toBe(25_000)
  })

  test('says how many faults it does not show', async () => {
    const rows = Array.from({ length: 120 }, (_, place) => `,Kopi ${place},Kopi,Coffee\n`).join('')
    const { err } = await run([fileWith(`@category,id,name,name_en\n${rows}`)], { dataDir: shopFolder() })
    expect(err).toMatch(/… dan \d+ kesalahan lain\.\nTidak ada yang diubah\. \d+ kesalahan/)
  })

  test('a cell cannot play tricks with the terminal', async () => {
    const csv = demoText.replace(',28000,seduh,', ',\u001b[2J28,seduh,')
    const { err } = await run([fileWith(csv)], { dataDir: shopFolder() })
    expect(err).toContain('\ufffd[2J28')
    expect(err).not.toContain('\u001b')
  })

  test('a folder without a shop is told so, and stays empty', async () => {
    const dataDir = makeFolder('import')
    const { code, err } = await run([DEMO], { dataDir })
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Belum ada outlet di data ini. Jalankan "npm start" dulu, atau periksa DATA_DIR. Tidak ada yang diubah.\n',
    })
    expect(existsSync(join(dataDir, 'meja.db'))).toBe(false)
  })
})

describe('npm run menu:import while the server runs', () => {
  test('goes through the server; after a kill it takes the database itself, whatever the old key file says', async () => {
    const dataDir = shopFolder()
    const server = await startMeja({ dataDir, distDir: emptyDist(), port: await freePort() })
    onTestFinished(() => server.stop('SIGKILL'))
    expect(await run([fileWith(faulty)], { dataDir })).toMatchObject({ code: 1, out: '' })
    expect(await run([fileWith(dearer)], { dataDir })).toEqual({ code: 0, out: STORED, err: '' })

    await server.stop('SIGKILL')
    expect(existsSync(join(dataDir, 'console.json'))).toBe(true)
    expect(await lattePriceRp(dataDir)).toBe(27_000)
    expect(await run([DEMO], { dataDir })).toEqual({ code: 0, out: STORED, err: '' })
    expect(await lattePriceRp(dataDir)).toBe(25_000)
  })

  test.each([
    ['another shop that does not know the key', 401, '{"ok":false,"refusal":{"code":"session.missing"}}'],
    ['a program of another kind', 200, '<!doctype html><title>Printer</title>'],
  ])('when %s has taken the port since, the database is opened', async (_, status, body) => {
    const dataDir = shopFolder()
    const other = createServer((_request, response) => response.writeHead(status).end(body))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    writeFileSync(join(dataDir, 'console.json'), JSON.stringify({ port, key: 'old' }))
    expect(await run([fileWith(dearer)], { dataDir })).toEqual({ code: 0, out: STORED, err: '' })
    expect(await lattePriceRp(dataDir)).toBe(27_000)
  })

  test('a server that holds the data and does not answer is left alone, and named', async () => {
    const dataDir = shopFolder()
    const database = openSqlite(dataDir)
    onTestFinished(() => database.close())
    const { code, err } = await run([fileWith(dearer)], { dataDir })
    expect(code).toBe(1)
    expect(err).toMatch(/^Data toko tidak bisa dibuka atau ditulis\. .*hentikan dulu/)
    expect(err).toContain(`process ${process.pid}`)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('a file that cannot be a menu is refused in one plain line', () => {
  const dataDir = makeFolder('import')

  test.each([
    ['there is none', () => '/nowhere/menu.csv', 'Tidak ada file "/nowhere/menu.csv".'],
    ['it is a folder', () => dataDir, `"${dataDir}" adalah folder.`],
    ['it is over 2 MB', () => fileWith(Buffer.alloc(2 * 1024 * 1024 + 1, 44)), 'lebih dari 2 MB'],
    ['it is not UTF-8', () => fileWith(Buffer.from('@category,caf\u00e9', 'latin1')), 'Simpan lagi'],
    ['Excel saved "Unicode text"', () => fileWith(Buffer.from('\ufeff@category', 'utf16le')), 'CSV UTF-8'],
  ])('%s', async (_, path, words) => {
    const { code, out, err } = await run([path()], { dataDir })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(words)
    expect(err).toMatch(/^[^\n]+ Tidak ada yang diubah\.\n$/)
  })

  test('the largest file that is allowed is read', async () => {
    const { err } = await run([fileWith(Buffer.alloc(2 * 1024 * 1024, ' '))], { dataDir: shopFolder() })
    expect(err).toMatch(/^Baris 1: file ini belum berisi menu/)
  })

  test.each([[[]], [['a.csv', 'b.csv']], [['--help']]])(
    'wrong use %j ends with 2 and one line',
    async (args) => {
      expect(await run(args, { dataDir })).toEqual({
        code: 2,
        out: '',
        err: 'Cara pakai: npm run menu:import FILE.csv (atau - untuk membaca dari stdin)\n',
      })
    },
  )
})
