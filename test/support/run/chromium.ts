import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { runCommand } from './command.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isRunnable)
}

/** The words before a command that needs root: none for root, `sudo -n` where no password is asked. */
function rootPrefix(): readonly string[] | null {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null
}

async function fromDebian(): Promise<string | undefined> {
  const prefix = rootPrefix()
  if (prefix === null || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  process.stdout.write('No Chromium here: installing the one of the system …\n')
  for (const args of [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
  ]) {
    const [program = '', ...rest] = [...prefix, ...args]
    await runCommand(program, rest, { isQuiet: true }).catch(() => undefined)
  }
  return onPath()
}

async function fromPlaywright(): Promise<string | undefined> {
  const path = chromium.executablePath()
  if (!isRunnable(path)) await runCommand('playwright', ['install', 'chromium']).catch(() => undefined)
  return isRunnable(path) ? path : undefined
}

/** A Chromium to test with: one that is named, one on the path, the system's, Playwright's. */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  const found = named || onPath() || (await fromDebian()) || (await fromPlaywright())
  if (found) return found
  throw new Error(
    'The browser tests need Chromium. Install it ("apt-get install chromium") or set CHROMIUM_PATH.',
  )
}
