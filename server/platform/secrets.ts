import { argon2, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sql from 'sql-template-tag'
import { ConfigError } from './config.ts'
import type { Database, Tx } from './database/database.ts'

const argon2Async = promisify(argon2)

/** What is kept outside the database, so that a stolen copy of it opens nothing. */
export interface Secrets {
  /** A hash of a PIN as text, slow on purpose, of no use without the pepper. */
  hashPin(pin: string): Promise<string>
  verifyPin(pin: string, hash: string): Promise<boolean>
  /** A short keyed fingerprint: equal for equal text, says nothing about the text. */
  fingerprint(text: string): string
}

/** SHA-256 of a random credential, for lookup. Only for secrets of 128 bits or more. */
export function hashCredential(credential: string): string {
  return hash('sha256', credential, 'base64url')
}

/**
 * The pepper comes from the variable PEPPER (several servers on one PostgreSQL must share it), else
 * from the file `pepper` in `dataDir`, made on first use.
 */
export function openSecrets(dataDir: string, fromEnvironment: string | null): Secrets {
  return secretsFrom(readPepper(dataDir, fromEnvironment))
}

function readPepper(dataDir: string, fromEnvironment: string | null): Buffer {
  if (fromEnvironment) {
    const pepper = Buffer.from(fromEnvironment, 'base64')
    if (pepper.length < 32) throw new Error('PEPPER must be at least 32 random bytes in base64.')
    return pepper
  }
  const path = join(dataDir, 'pepper')
  if (!existsSync(path)) writeDurably(path, randomBytes(32).toString('base64'))
  const pepper = Buffer.from(readFileSync(path, 'utf8'), 'base64')
  if (pepper.length < 32) {
    throw new Error(
      `DATA_DIR: the file ${path} is damaged. Put it back from a copy; without it no PIN is right.`,
    )
  }
  return pepper
}

async function markOf(tx: Tx, mark: string, isRenewed: boolean): Promise<string | undefined> {
  await tx.run(sql`INSERT INTO pepper_mark (id, mark) VALUES (1, ${mark}) ON CONFLICT (id) DO NOTHING`)
  if (isRenewed) await tx.run(sql`UPDATE pepper_mark SET mark = ${mark} WHERE id = 1`)
  return (await tx.get<{ mark: string }>(sql`SELECT mark FROM pepper_mark WHERE id = 1`))?.mark
}

/**
 * Throws ConfigError when the database was made with another pepper: every PIN would be wrong and every
 * device locked after ten. `isRenewed` accepts the present one from now on: the old one is lost for good,
 * and a set-up code is printed for an owner who gives everybody a new PIN.
 */
export async function checkPepper(database: Database, secrets: Secrets, isRenewed: boolean): Promise<void> {
  const mark = secrets.fingerprint('pepper-mark')
  const [settled] = await database.runGroup([
    async (tx) => ({ keep: true, value: await markOf(tx, mark, isRenewed) }),
  ])
  if (settled && 'error' in settled) throw settled.error
  if (settled?.value === mark) return
  throw new ConfigError(
    'PEPPER, or else the file "pepper" in DATA_DIR, is not the one that this database was made with, so every PIN would be wrong. Put the right one back; if it is lost for good, start once with NEW_SETUP_CODE=1 and set every PIN anew.',
  )
}

// A power cut at the first start must leave the whole pepper or none: an empty one would protect nothing.
function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}

function secretsFrom(pepper: Buffer): Secrets {
  const prefix = pepper.toString('base64')
  const derive = (pin: string, nonce: Buffer) =>
    argon2Async('argon2id', {
      message: pin,
      nonce,
      secret: pepper,
      parallelism: 1,
      tagLength: 32,
      memory: 19_456,
      passes: 2,
    })
  return {
    hashPin: async (pin) => {
      const nonce = randomBytes(16)
      return `argon2id$19456$2$${nonce.toString('base64url')}$${(await derive(pin, nonce)).toString('base64url')}`
    },
    verifyPin: async (pin, stored) => {
      const [, , , nonce = '', tag = ''] = stored.split('$')
      const expected = Buffer.from(tag, 'base64url')
      const actual = await derive(pin, Buffer.from(nonce, 'base64url'))
      return expected.length === actual.length && timingSafeEqual(expected, actual)
    },
    // Cut to 132 bits, so that a hash cannot be continued: as good as an HMAC here, and several times cheaper.
    fingerprint: (text) => hash('sha256', prefix + text, 'base64url').slice(0, 22),
  }
}
