import { join, resolve } from 'node:path'
import { dataFolderTrouble, isAmongPages, pagesFolderTrouble } from './storage/folder-trouble.ts'

/** Everything that the environment decides. */
export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** PostgreSQL connection string, or null for the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  /** Origin that phones reach this server by; printed codes carry it. No trailing slash. */
  readonly publicUrl: string | null
  /** Where the pepper is not kept in `dataDir`: in base64. */
  readonly pepper: string | null
  readonly demo: boolean
  /** How many reverse proxies in front are trusted to say the caller's address; 0 believes none. */
  readonly trustedProxies: number
  /** Multiplies every request limit; for a load test of one machine against itself. */
  readonly limitScale: number
  /** Prints a new set-up code although the shop has an owner: for an owner who lost every device. */
  readonly newSetupCode: boolean
  /** How many daily backups of the embedded database are kept; 0 makes none. */
  readonly backups: number
  /** False where no print server runs on this machine: no receipt printer may be at its own address. */
  readonly mayPrintHere: boolean
  /** Folder of the built pages. */
  readonly distDir: string
  readonly logLevel: string
}

/** A setting that stops the start. The message is one plain line that names the variable. */
export class ConfigError extends Error {}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, max: number, min = 0): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  if (!/^\d{1,6}$/.test(text) || Number(text) > max || Number(text) < min) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`)
  }
  return Number(text)
}

/** A password that was typed into an address must not stand in a log. */
function hidden(address: string): string {
  return address.replace(/(:\/\/[^/@]*?):[^/]*@/, '$1:…@')
}

function origin(env: NodeJS.ProcessEnv): string | null {
  const text = env.PUBLIC_URL
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  // What a browser would make of it, less one slash: an empty ? or #, a name or a password is not cut off in silence.
  if (!url || !isWeb || url.href !== `${url.origin}/` || /[?#@]/.test(text)) {
    throw new ConfigError(
      `PUBLIC_URL must be an address such as https://order.example.com without a path or anything else after the name, and without a user, not "${hidden(text)}".`,
    )
  }
  return url.origin
}

function databaseUrl(env: NodeJS.ProcessEnv): string | null {
  const text = env.DATABASE_URL
  if (!text) return null
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ConfigError('DATABASE_URL must begin with postgres:// or postgresql://.')
  }
  return text
}

function dataDirOf(env: NodeJS.ProcessEnv): string {
  const dir = resolve(env.DATA_DIR || 'data')
  const trouble = dataFolderTrouble(dir)
  if (trouble) throw new ConfigError(`DATA_DIR: ${trouble}`)
  return dir
}

function flag(env: NodeJS.ProcessEnv, name: string, fallback: boolean): boolean {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  if (text !== '0' && text !== '1') throw new ConfigError(`${name} must be 0 or 1, not "${text}".`)
  return text === '1'
}

/** Folder of the built pages. Throws ConfigError for one whose place no build may take. */
export function distDirOf(env: NodeJS.ProcessEnv): string {
  const dir = resolve(env.DIST_DIR || join(import.meta.dirname, '..', '..', 'dist'))
  const trouble = pagesFolderTrouble(dir)
  if (trouble) throw new ConfigError(`DIST_DIR: ${trouble}`)
  return dir
}

/** Reads and checks the environment; throws ConfigError at the first bad value. Creates DATA_DIR. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const logLevel = env.LOG_LEVEL || 'info'
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}".`)
  }
  const host = env.HOST || '0.0.0.0'
  if (/[\s/]/.test(host)) throw new ConfigError(`HOST must be an address or a host name, not "${host}".`)
  const config = {
    port: wholeNumber(env, 'PORT', 8080, 65535),
    host,
    databaseUrl: databaseUrl(env),
    publicUrl: origin(env),
    pepper: env.PEPPER || null,
    demo: flag(env, 'DEMO', true),
    trustedProxies: wholeNumber(env, 'TRUSTED_PROXIES', 0, 8),
    limitScale: wholeNumber(env, 'LIMIT_SCALE', 1, 100_000, 1),
    newSetupCode: flag(env, 'NEW_SETUP_CODE', false),
    backups: wholeNumber(env, 'BACKUPS', 7, 366),
    mayPrintHere: flag(env, 'PRINTER_LOOPBACK', true),
    distDir: distDirOf(env),
    logLevel,
    dataDir: dataDirOf(env),
  }
  if (isAmongPages(config.dataDir, config.distDir)) {
    throw new ConfigError(
      `DATA_DIR: "${config.dataDir}" lies in DIST_DIR, which each build replaces. Give a folder outside it.`,
    )
  }
  return config
}
