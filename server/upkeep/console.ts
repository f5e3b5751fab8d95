import { resolve } from 'node:path'
import { type Config, ConfigError } from '../platform/config.ts'
import { StorageBrokenError } from '../platform/database/database.ts'
import { StorageTaskError } from '../platform/storage/sqlite-file.ts'

/** A wrong use of a command; the message is how it is used. */
export class UsageError extends Error {}

/** A file's name is meant from where the command was typed; npm itself goes to the project's folder first. */
export function pathTyped(file: string): string {
  const typedIn = process.env.npm_lifecycle_event ? process.env.INIT_CWD : undefined
  return resolve(typedIn ?? process.cwd(), file)
}

/** Runs a command of the console: its lines go out, its exit code is 0 done, 1 not done, 2 wrong use. */
export async function runCommandLine(run: () => Promise<readonly string[]>): Promise<void> {
  try {
    const lines = await run()
    // Whoever reads only the first lines closes the pipe, which is no fault.
    process.stdout.on('error', () => {})
    process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const isPlain =
      error instanceof StorageTaskError ||
      error instanceof StorageBrokenError ||
      error instanceof ConfigError ||
      error instanceof UsageError
    process.stderr.write(isPlain ? `${message}\n` : `This did not work: ${message}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** What a backup deliberately leaves out, and what that means for keeping it. */
export function pepperAdvice({ dataDir, pepper }: Pick<Config, 'dataDir' | 'pepper'>): string {
  const where = pepper ? 'the value of PEPPER' : resolve(dataDir, 'pepper')
  return `Not in it, on purpose: the pepper (${where}). Without it no PIN of this backup is right, and with both a thief can guess PINs. Keep one copy of it, in another place than the backups.`
}
