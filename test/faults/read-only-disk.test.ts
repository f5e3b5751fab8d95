import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'

/** Lays the folder over itself so that nobody may write there by its name; false where this user may not. */
function makeReadOnly(folder: string): boolean {
  if (spawnSync('mount', ['--bind', folder, folder]).status !== 0) return false
  if (spawnSync('mount', ['-o', 'remount,ro,bind', folder]).status === 0) return true
  spawnSync('umount', [folder])
  return false
}

function canMount(): boolean {
  const folder = makeFolder('mount')
  const isMounted = makeReadOnly(folder)
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return isMounted
}

const isAllowed = canMount()
if (!isAllowed) console.log('SKIPPED: the read-only disk needs a user who may mount (root).')

test.skipIf(!isAllowed)(
  'a disk that becomes read-only shows in the health, and a start on it ends in one line',
  { timeout: 60_000 },
  async () => {
    const dataDir = makeFolder('read-only')
    const distDir = emptyDist()
    const start = async () => startMeja({ dataDir, distDir, port: await freePort() })
    const meja = await start()
    onTestFinished(async () => {
      await meja.stop('SIGKILL')
      spawnSync('umount', [dataDir])
      for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
    })
    const health = async () => {
      const response = await fetch(`${meja.url}/healthz`)
      return { status: response.status, ...((await response.json()) as { disk: string; database: string }) }
    }
    expect(await health()).toMatchObject({ status: 200, disk: 'ok', database: 'ok' })
    expect(makeReadOnly(dataDir)).toBe(true)
    expect(await health()).toMatchObject({ status: 503, disk: 'read_only' })
    await meja.stop('SIGKILL')
    await expect(start()).rejects.toThrow(/Meja cannot start\. DATA_DIR: cannot write to "[^"]+"[^\n]*\n$/)
    spawnSync('umount', [dataDir])
    const again = await start()
    await again.stop()
  },
)

test.skipIf(!isAllowed).each(['size=400k', 'size=8k', 'nr_inodes=4'])(
  'a start on a full disk (%s) ends in one line that says so, and leaves nothing for others to read',
  { timeout: 60_000 },
  async (room) => {
    const dataDir = makeFolder('full')
    const distDir = emptyDist()
    spawnSync('mount', ['-t', 'tmpfs', '-o', room, 'tmpfs', dataDir])
    onTestFinished(() => {
      spawnSync('umount', [dataDir])
      for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
    })
    await expect(startMeja({ dataDir, distDir, port: await freePort() })).rejects.toThrow(
      /Meja cannot start\. DATA_DIR "[^"]+": [^\n]*the disk is full\.[^\n]*\n$/,
    )
    const files = readdirSync(dataDir).filter((name) => name !== 'meja.pid')
    expect(files.filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0)).toEqual([])
  },
)
