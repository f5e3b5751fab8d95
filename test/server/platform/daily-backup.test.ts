import { cpSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { backUpDaily, dailyBackups } from '../../../server/platform/storage/daily-backup.ts'
import { fileTrouble, openReadOnly } from '../../../server/platform/storage/sqlite-file.ts'
import { scratchFolder } from '../../support/filled-shop.ts'

const HOUR_MS = 3_600_000

function shopFolder(): string {
  const folder = scratchFolder('meja-daily-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(inject('sqliteTemplate'), folder, { recursive: true })
  return folder
}

test('a backup is made when the newest is a day old, sound and for its owner alone; the oldest go', async () => {
  const dataDir = shopFolder()
  const folder = join(dataDir, 'backups')
  mkdirSync(folder)
  for (const name of ['daily-20261114-030000.db', 'daily-20261115-030000.db', 'before-the-party.db']) {
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), new Date('2026-11-15'), new Date('2026-11-15'))
  }
  const nowMs = Date.now()
  await backUpDaily(dataDir, 2, nowMs)
  const [newest = '', ...older] = dailyBackups(dataDir)
  expect(older).toEqual(['daily-20261115-030000.db'])
  expect(readdirSync(folder).sort()).toEqual(['before-the-party.db', 'daily-20261115-030000.db', newest])
  expect(statSync(join(folder, newest)).mode & 0o077).toBe(0)
  const connection = openReadOnly(join(folder, newest))
  expect(fileTrouble(connection)).toBeNull()
  connection.close()

  await backUpDaily(dataDir, 2, nowMs + 23 * HOUR_MS)
  expect(dailyBackups(dataDir)[0]).toBe(newest)
})

test('a backup that cannot be made says why and takes none of the others away', async () => {
  const dataDir = shopFolder()
  rmSync(join(dataDir, 'meja.db'))
  mkdirSync(join(dataDir, 'backups'))
  writeFileSync(join(dataDir, 'backups', 'daily-20261114-030000.db'), '')
  await expect(backUpDaily(dataDir, 1, Date.now() + 25 * HOUR_MS)).rejects.toThrow('There is no database')
  expect(readdirSync(join(dataDir, 'backups'))).toEqual(['daily-20261114-030000.db'])
})
