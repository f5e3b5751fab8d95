import { cpSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { backUpDaily, dailyBackups } from '../../../server/platform/storage/daily-backup.ts'
import { fileTrouble, openReadOnly, timeInName } from '../../../server/platform/storage/sqlite-file.ts'
import { scratchFolder } from '../../support/filled-shop.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

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

test('a backup from a day when the clock stood a year ahead keeps none from being made', async () => {
  const dataDir = shopFolder()
  const folder = join(dataDir, 'backups')
  mkdirSync(folder)
  const nowMs = Date.now()
  const ahead = `daily-${timeInName(nowMs + 365 * DAY_MS)}.db`
  writeFileSync(join(folder, ahead), '')
  utimesSync(join(folder, ahead), new Date(nowMs + 365 * DAY_MS), new Date(nowMs + 365 * DAY_MS))
  writeFileSync(join(folder, 'daily-20260101-000000.db.part'), 'left by a backup that was killed')
  writeFileSync(join(folder, 'daily-20260101-000000.db.part-journal'), '')

  await backUpDaily(dataDir, 2, nowMs)
  const first = `daily-${timeInName(nowMs)}.db`
  expect(readdirSync(folder).sort()).toEqual([first, ahead])
  await backUpDaily(dataDir, 2, nowMs + DAY_MS)
  expect(readdirSync(folder).sort()).toEqual([first, `daily-${timeInName(nowMs + DAY_MS)}.db`])
})

test('what is kept was made last, also when only one is kept and the clock went back', async () => {
  const dataDir = shopFolder()
  const nowMs = Date.now()
  await backUpDaily(dataDir, 1, nowMs + 30 * DAY_MS)
  await backUpDaily(dataDir, 1, nowMs)
  expect(dailyBackups(dataDir)).toEqual([`daily-${timeInName(nowMs)}.db`])
})

test('a backup that cannot be made says why and takes none of the others away', async () => {
  const dataDir = shopFolder()
  rmSync(join(dataDir, 'meja.db'))
  mkdirSync(join(dataDir, 'backups'))
  writeFileSync(join(dataDir, 'backups', 'daily-20261114-030000.db'), '')
  await expect(backUpDaily(dataDir, 1, Date.now() + 25 * HOUR_MS)).rejects.toThrow('There is no database')
  expect(readdirSync(join(dataDir, 'backups'))).toEqual(['daily-20261114-030000.db'])
})
