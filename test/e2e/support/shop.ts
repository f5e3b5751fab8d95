import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Page, test } from '@playwright/test'
import Database from 'better-sqlite3'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { makeId } from '../../../server/platform/random-ids.ts'
import { freePort, type MejaProcess, makeFolder, startMeja } from '../../support/meja-process.ts'

export const OWNER = { name: 'Bu Ratna', pin: '471190' } as const
type Cookies = Parameters<ReturnType<Page['context']>['addCookies']>[0]

/** One real server with its own data, on one port for its whole life. */
export class Shop {
  readonly port: number
  readonly dataDir = makeFolder('e2e')
  #process: MejaProcess | null = null
  #distDir = process.env.E2E_DIST ?? ''
  #setupCode = ''
  #ownerCookies: Cookies = []

  private constructor(port: number) {
    this.port = port
  }

  /** Starts a server with the demo shop; its outlets are open day and night, whenever the tests run. */
  static async open(): Promise<Shop> {
    const shop = new Shop(await freePort())
    try {
      await shop.#fill()
    } catch (error) {
      await shop.close()
      throw error
    }
    return shop
  }

  async #fill(): Promise<void> {
    await this.startServer()
    this.#setupCode = /Set-up code[^:]*:\s+(\S+)/.exec(this.output())?.[1] ?? ''
    for (const { id, rev: _, load: __, ...settings } of await this.outlets()) {
      const hours = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }])
      const always = { ...settings, hours, specialDays: [], seasons: [] } as unknown
      await this.asHouse('outlet.change', {
        outletId: id,
        settings: always as CommandArgs<'outlet.change'>['settings'],
      })
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Printed when the server first started; good until somebody has become the owner. */
  get setupCode(): string {
    return this.#setupCode
  }

  output(): string {
    return this.#process?.output() ?? ''
  }

  /** Same port, same data; other pages when `distDir` says so. */
  async startServer(distDir = this.#distDir): Promise<void> {
    this.#distDir = distDir
    const env = { LIMIT_SCALE: '50' }
    this.#process = await startMeja({ dataDir: this.dataDir, distDir, port: this.port, env })
  }

  /** Nobody answers on the port any more: to a phone the same as no signal. */
  async stopServer(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#process?.stop(signal)
    this.#process = null
  }

  async close(): Promise<void> {
    await this.stopServer()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  async outlets(): Promise<readonly Outlet[]> {
    const response = await fetch(`${this.url}/api/outlets`)
    return ((await response.json()) as { outlets: Outlet[] }).outlets
  }

  async outletId(slug = 'mojopahit'): Promise<string> {
    const outlet = (await this.outlets()).find((each) => each.slug === slug)
    if (!outlet) throw new Error(`There is no outlet ${slug}.`)
    return outlet.id
  }

  /** Sends a command as the house: what happens elsewhere in the shop while a test looks at one screen. */
  async asHouse<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<unknown> {
    const response = await fetch(`${this.url}/api/commands/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Console ${this.#process?.consoleKey()}`,
        'content-type': 'application/json',
        'idempotency-key': makeId('cmd', Date.now()),
      },
      body: JSON.stringify(args),
    })
    const answer = (await response.json()) as { ok: boolean; result?: unknown }
    if (!answer.ok) throw new Error(`${name} was answered ${JSON.stringify(answer)}`)
    return answer.result
  }

  /** Rows of the server's own database. */
  rows<Row>(statement: string, ...values: readonly unknown[]): Row[] {
    const database = new Database(join(this.dataDir, 'meja.db'), { readonly: true })
    try {
      return database.prepare<unknown[], Row>(statement).all(...values)
    } finally {
      database.close()
    }
  }

  /** The orders of this table, oldest first, as the server has them. */
  orders(tableLabel: string): { id: string; status: string }[] {
    return this.rows(
      `SELECT orders.id AS id, orders.status AS status FROM orders
       JOIN visits ON visits.id = orders.visit_id JOIN tables ON tables.id = visits.table_id
       WHERE tables.label = ? ORDER BY orders.placed_at_ms, orders.number`,
      tableLabel,
    )
  }

  /** The visit that is open at this table. */
  visitId(tableLabel: string): string {
    const [row] = this.rows<{ id: string }>(
      `SELECT visits.id AS id FROM visits JOIN tables ON tables.id = visits.table_id
       WHERE tables.label = ? AND visits.status = 'open'`,
      tableLabel,
    )
    if (!row) throw new Error(`Nobody sits at ${tableLabel}.`)
    return row.id
  }

  /** What the code on this table says. */
  scanUrl(label: string, slug = 'mojopahit'): string {
    return `${this.url}/t/${this.#table(label, slug).token}`
  }

  #table(label: string, slug: string): { id: string; token: string } {
    const [row] = this.rows<{ id: string; token: string }>(
      `SELECT tables.id AS id, codes.token AS token FROM codes
       JOIN tables ON tables.id = codes.table_id JOIN outlets ON outlets.id = tables.outlet_id
       WHERE tables.label = ? AND outlets.slug = ? AND codes.replaced_at_ms IS NULL`,
      label,
      slug,
    )
    if (!row) throw new Error(`There is no table ${label} at ${slug}.`)
    return row
  }

  /** The first time through the set-up page with the code from the console; later on that same tablet. */
  async becomeOwner(page: Page): Promise<void> {
    if (this.#ownerCookies.length > 0) {
      await page.context().addCookies(this.#ownerCookies)
      await page.goto(`${this.url}/staff/board`)
    } else {
      await page.goto(`${this.url}/staff/board`)
      await page.getByLabel('Kode penyiapan').fill(this.#setupCode)
      await page.getByLabel('Nama Anda').fill(OWNER.name)
      await page.getByLabel('PIN 6 angka').fill(OWNER.pin)
      await page.getByLabel('Ulangi PIN').fill(OWNER.pin)
      await page.getByRole('radio', { name: 'Mojopahit' }).check({ force: true })
      await page.getByRole('button', { name: 'Siapkan dan buka papan' }).click()
    }
    await page.getByRole('heading', { name: 'Mojopahit', level: 1 }).waitFor()
    await page.getByText('Tersambung').first().waitFor()
    this.#ownerCookies = await page.context().cookies()
  }
}

/** A shop for the tests of one file: opened before the first, closed after the last. */
export function shopOfThisFile(): { readonly current: Shop } {
  let opened: Shop | null = null
  test.beforeAll(async () => {
    opened = await Shop.open()
  })
  // Phones of an earlier test would go on following the shop.
  test.afterEach(async ({ browser }) => {
    for (const context of browser.contexts()) await context.close()
  })
  test.afterAll(async () => {
    await opened?.close()
  })
  return {
    get current() {
      if (!opened) throw new Error('The shop opens before the first test.')
      return opened
    },
  }
}
