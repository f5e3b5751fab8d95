import type { Config } from '../config.ts'
import { ConfigError } from '../config.ts'
import { StorageBrokenError, StorageFullError } from '../database/database.ts'

/** What stands in the way of a start, in one line that names the setting and says what to do. */
export function startTrouble(error: unknown, config: Config | null): string {
  if (error instanceof ConfigError || error instanceof StorageBrokenError) return error.message
  const { code, path } = causeOf(error)
  const where = path ? `${path}: ` : ''
  if (config?.databaseUrl && error instanceof StorageFullError) {
    return `DATABASE_URL: PostgreSQL does not answer, or has no room (${code || 'no answer'}). Nothing was changed; start again when it is well.`
  }
  const dataDir = `DATA_DIR "${config?.dataDir ?? ''}"`
  if (/^(?:ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code)) {
    return `${dataDir}: ${where}the disk is full. What was stored is still there; make room, or give another folder.`
  }
  if (/^(?:EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(code)) {
    return `${dataDir}: ${where}this user may not read and write there (${code}). Give the folder and its files to this user.`
  }
  return error instanceof Error ? error.message : String(error)
}

function causeOf(error: unknown): { readonly code: string; readonly path: string | undefined } {
  const { code, path, cause } = (error ?? {}) as NodeJS.ErrnoException & { cause?: unknown }
  return code === undefined && cause !== undefined ? causeOf(cause) : { code: code ?? '', path }
}

/** Why the address cannot be listened on. */
export function listenTrouble(error: NodeJS.ErrnoException, { host, port }: Config): string {
  if (error.code === 'EADDRINUSE')
    return `PORT ${port}: another program uses this port. Stop it, or set PORT to a free one.`
  if (error.code === 'EACCES') return `PORT ${port}: this user may not use this port. Take one above 1023.`
  return `HOST: this machine cannot listen on "${host}". Give an address that it has, or 0.0.0.0 for all.`
}
