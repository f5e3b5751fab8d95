import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..', '..')
const BIN = join(ROOT, 'node_modules', '.bin')

type RunOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Holds the output back and hands it over, for commands that run beside each other. */
  readonly isQuiet?: boolean
}

/**
 * Runs a program of node_modules/.bin, or any other, from the repository's root with the pinned Node
 * first on the path. Rejects when it ends with anything but 0.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const env = { ...process.env, ...options.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(program, args, {
    cwd: ROOT,
    env,
    stdio: options.isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  })
  const parts: Buffer[] = []
  child.stdout?.on('data', (part: Buffer) => parts.push(part))
  child.stderr?.on('data', (part: Buffer) => parts.push(part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const output = Buffer.concat(parts).toString()
      if (code === 0) return resolve(output)
      const command = [program, ...args].join(' ')
      reject(new Error(`${output}${output === '' ? '' : '\n'}"${command}" ended with ${code ?? signal}.`))
    })
  })
}
