import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import sql, { raw } from 'sql-template-tag'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { readConfig } from '../../../server/platform/config.ts'
import type { Reader } from '../../../server/platform/database/database.ts'
import { StorageBrokenError } from '../../../server/platform/database/database.ts'
import { lockFolder } from '../../../server/platform/database/folder-lock.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../server/platform/database/postgres/postgres.ts'
import { openSqlite } from '../../../server/platform/database/sqlite.ts'
import { freshName, scratchFolder } from '../../support/filled-shop.ts'
import { COMPILE_CACHE } from '../../support/meja-process.ts'

function folder(): string {
  const path = scratchFolder('meja-durable-')
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function pragma(reader: Reader, name: string): Promise<unknown> {
  return Object.values((await reader.get<Record<string, unknown>>(sql`PRAGMA ${raw(name)}`)) ?? {})[0]
}

describe('an acknowledged order outlives a power cut', () => {
  test('every connection writes with FULL, also when the file is opened again', async () => {
    const dir = folder()
    for (const opening of ['first', 'second', 'third']) {
      const database = openSqlite(dir)
      await migrate(database)
      const writing: Record<string, unknown> = {}
      await database.runGroup([
        async (tx) => {
          for (const name of ['synchronous', 'foreign_keys', 'journal_mode'])
            writing[name] = await pragma(tx, name)
          return { keep: true, value: undefined }
        },
      ])
      expect([opening, writing]).toEqual([opening, { synchronous: 2, foreign_keys: 1, journal_mode: 'wal' }])
      expect(await pragma(database.read, 'synchronous')).toBe(2)
      expect(await pragma(database.read, 'foreign_keys')).toBe(1)
      await expect(database.read.all(sql`DELETE FROM migrations RETURNING name`)).rejects.toThrow(
        /only a group/i,
      )
      await database.close()
    }
  })

  test('the SQLite inside is one without the WAL-reset race', () => {
    const database = new BetterSqlite3(':memory:')
    const version = String(database.prepare('SELECT sqlite_version()').pluck().get())
    database.close()
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
    expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003)
  })

  test('a PostgreSQL that would lose orders is refused by name', async () => {
    const name = freshName()
    const url = inject('postgresUrl')
    const admin = new pg.Client({ connectionString: `${url}/postgres` })
    await admin.connect()
    await admin.query(`CREATE DATABASE ${name}`)
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(openPostgres(`${url}/${name}`)).rejects.toThrow('synchronous_commit')
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  })

  test.each([
    ['a file that is no database', Buffer.alloc(8192, 'x')],
    ['a database that was cut off', null],
  ])('%s is refused in one line, and left as it is', async (_, content) => {
    const dir = folder()
    const path = join(dir, 'meja.db')
    if (content) writeFileSync(path, content)
    else {
      const database = openSqlite(dir)
      await migrate(database)
      await database.close()
      writeFileSync(path, readFileSync(path).subarray(0, 5000))
    }
    const before = readFileSync(path)
    const opening = async () => {
      const database = openSqlite(dir)
      await migrate(database).finally(() => database.close())
    }
    await expect(opening()).rejects.toThrow()
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(join(dir, 'meja.pid'))).toBe(false)
    lockFolder(dir)()
  })

  test('a database that a newer version made is not touched', async () => {
    const database = openSqlite(folder())
    await migrate(database)
    await database.script("INSERT INTO migrations (name, hash, at_ms) VALUES ('9999-future.sql', '', 0)")
    await expect(migrate(database)).rejects.toThrow('newer version')
    await database.close()
  })
})

type Ended = { readonly code: number | null; readonly out: string; readonly error: string }

/** Starts the server as people do and waits until it ends, or until it says `until`. */
function start(
  env: Record<string, string>,
  until?: RegExp,
): Promise<Ended & { stop(signal?: NodeJS.Signals): Promise<number | null> }> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: join(import.meta.dirname, '../../..'),
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      ...env,
    },
  })
  let out = ''
  let error = ''
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal)
      return ended
    }
    const done = (code: number | null) => resolve({ code, out, error, stop })
    child.stdout.on('data', (part: Buffer) => {
      out += part
      if (until?.test(out)) done(null)
    })
    child.stderr.on('data', (part: Buffer) => {
      error += part
    })
    void ended.then(done)
  })
}

/** A folder of pages that is newer than every source, so that nothing is built. */
function pages(): string {
  const dir = folder()
  writeFileSync(join(dir, 'index.html'), '<div id="app"><!--boot--></div>')
  writeFileSync(join(dir, '.built'), '')
  return dir
}

describe('the server starts well or says in one line why not', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'order.example.com'],
    ['PUBLIC_URL', 'https://order.example.com/path'],
    ['PUBLIC_URL', 'https://order.example.com/?from=sticker'],
    ['PUBLIC_URL', 'https://order.example.com#'],
    ['PRINTER_LOOPBACK', 'z'],
    ['DATABASE_URL', 'mysql://x'],
    ['DEMO', 'yes'],
    ['TRUSTED_PROXIES', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['DATA_DIR', '/dev/null/data'],
    ['DATA_DIR', '/proc/nope'],
    ['DATA_DIR', '/etc/passwd'],
    ['DATA_DIR', '/etc/passwd/data'],
    ['DATA_DIR', '/dev/null'],
    ['DIST_DIR', '/etc/passwd'],
    ['DIST_DIR', '/etc/passwd/dist'],
    ['DIST_DIR', '/etc'],
    ['DIST_DIR', '/proc/nope'],
    ['XENDIT_CALLBACK_TOKEN', 'alone'],
    ['HOST', '256.1.1.1'],
    ['HOST', '192.0.2.1'],
    ['PEPPER', 'c2hvcnQ='],
  ])('%s=%s', async (name, value) => {
    const { code, out, error } = await start({
      DATA_DIR: folder(),
      DIST_DIR: pages(),
      PORT: '0',
      [name]: value,
    })
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(error).toMatch(new RegExp(`^Meja cannot start\\. .*${name}.*\n$`))
  })

  test('what stands where a folder or a file is meant is named before anything is made or built', async () => {
    const dir = folder()
    const at = (name: string) => join(dir, name)
    symlinkSync(at('gone'), at('link'))
    mkdirSync(at('data'))
    mkdirSync(at('own'))
    writeFileSync(at('own/letter.txt'), 'mine')
    mkdirSync(at('noted'))
    for (const name of ['.built', 'index.html', 'letter.txt']) writeFileSync(at(`noted/${name}`), 'mine')
    utimesSync(at('noted/.built'), 0, 0)
    mkdirSync(at('source'))
    writeFileSync(at('source/index.html'), '<div id="app"><!--boot--></div>')
    writeFileSync(at('source/main.ts'), '')
    for (const [DATA_DIR, DIST_DIR, said] of [
      [at('link'), pages(), `DATA_DIR: "${at('link')}" is a link to nowhere. Give a folder.`],
      [at('data'), at('link'), `DIST_DIR: "${at('link')}" is a link to nowhere. Give a folder.`],
      [at('data'), at('own'), `DIST_DIR: "${at('own')}" holds other things than built pages`],
      [at('data'), at('noted'), `DIST_DIR: no build wrote "${at('noted/letter.txt')}"`],
      [at('data'), at('source'), `DIST_DIR: "${at('source')}" holds other things than built pages`],
      [at('new/data'), at('new'), `DATA_DIR: "${at('new/data')}" lies in DIST_DIR`],
      [at('both'), at('both'), `DATA_DIR: "${at('both')}" lies in DIST_DIR`],
    ] as const) {
      const { code, out, error } = await start({ DATA_DIR, DIST_DIR, PORT: '0' })
      expect([code, out]).toEqual([1, ''])
      expect(error).toContain(`Meja cannot start. ${said}`)
      expect(error.trim().split('\n')).toHaveLength(1)
    }
    for (const name of ['own', 'noted'])
      expect(readFileSync(at(`${name}/letter.txt`), 'utf8'), name).toBe('mine')
  })

  test.each(['meja.db', 'pepper', 'console.json'])('a folder named %s among the data is named', (name) => {
    const dir = folder()
    mkdirSync(join(dir, name))
    expect(() => readConfig({ DATA_DIR: dir, DIST_DIR: pages() })).toThrow(
      `DATA_DIR: "${join(dir, name)}" must be a file, and is a folder.`,
    )
  })

  test('an address with a user and a password is refused, and the password is not repeated', async () => {
    for (const [PUBLIC_URL, said] of [
      ['https://user:pw-secret@a.b', 'user:…@a.b'],
      ['https://@a.b', '@a.b'],
    ] as const) {
      const { code, error } = await start({ DATA_DIR: folder(), DIST_DIR: pages(), PORT: '0', PUBLIC_URL })
      expect(code).toBe(1)
      expect(error).toContain(said)
      expect(error).not.toContain('pw-secret')
    }
  })

  test('a second server on the same folder is told who has it; after the first has stopped it may', async () => {
    const env = { DATA_DIR: folder(), DIST_DIR: pages(), PORT: '0', DEMO: '0' }
    const first = await start(env, /Meja is ready/)
    expect(first.error).toBe('')
    const second = await start(env)
    expect(second.code).toBe(1)
    expect(second.error).toMatch(/^Meja cannot start\. DATA_DIR .* is in use by process \d+\./)
    expect(second.error.trim().split('\n')).toHaveLength(1)
    expect(await first.stop()).toBe(0)
    const third = await start(env, /Meja is ready/)
    expect(await third.stop()).toBe(0)
  })

  test('what a killed server left behind does not stop the next, whoever has its number now', async () => {
    const dir = folder()
    const killed = await start({ DATA_DIR: dir, DIST_DIR: pages(), PORT: '0', DEMO: '0' }, /Meja is ready/)
    await killed.stop('SIGKILL')
    for (const number of [process.ppid, process.pid, 1, 999_999, 'nonsense', '']) {
      writeFileSync(join(dir, 'meja.pid'), String(number))
      const database = openSqlite(dir)
      expect(readFileSync(join(dir, 'meja.pid'), 'utf8')).toBe(String(process.pid))
      await database.close()
      expect(existsSync(join(dir, 'meja.pid'))).toBe(false)
    }
  })

  test('a server that holds the folder holds it, whatever number it is thought to have', async () => {
    const dir = folder()
    const database = openSqlite(dir)
    // As in a second container, where the first one's number belongs to the one that asks, or to nobody.
    for (const number of ['1', '999999', '', String(process.pid)]) {
      writeFileSync(join(dir, 'meja.pid'), number)
      expect(() => openSqlite(dir)).toThrow(StorageBrokenError)
      expect(() => openSqlite(dir)).toThrow(/is in use by (process \d+|another server)\. Stop it/)
    }
    await database.close()
    await openSqlite(dir).close()
  })
})
