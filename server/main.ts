import { networkInterfaces } from 'node:os'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext } from 'hono'
import { seedDemo } from './first-run/demo.ts'
import { openFirstShop } from './first-run/first-shop.ts'
import { welcome } from './first-run/welcome.ts'
import { openGateways } from './payment/gateways/open-gateways.ts'
import { systemClock } from './platform/clock.ts'
import { type Config, readConfig } from './platform/config.ts'
import { type Database, StorageBrokenError } from './platform/database/database.ts'
import { migrate } from './platform/database/migrate.ts'
import { openPostgres } from './platform/database/postgres/postgres.ts'
import { startStreamsAnewIfRestored } from './platform/database/postgres/postgres-restored.ts'
import { openSqlite } from './platform/database/sqlite.ts'
import { createStaticFiles } from './platform/http/static-files.ts'
import { createLog, type Log } from './platform/log.ts'
import { checkPepper, openSecrets } from './platform/secrets.ts'
import { buildIfStale } from './platform/start/build.ts'
import { openConsole } from './platform/start/console-key.ts'
import { listenTrouble, startTrouble } from './platform/start/start-trouble.ts'
import { startDailyBackups } from './platform/storage/daily-backup.ts'
import { startWalKeeper } from './platform/storage/wal.ts'
import { openShop } from './shop.ts'

const STOP_SPREAD_MS = 5000
const STOP_WITHIN_MS = 10_000

function addressReader(trustedProxies: number) {
  return (c: HonoContext): string => {
    // Each trusted proxy appends the address it saw; what stands further left may be anybody's invention.
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    const told = trustedProxies > 0 ? hops.at(-trustedProxies) : undefined
    return told || getConnInfo(c).remote.address || 'unknown'
  }
}

function lanAddress(): string | null {
  const all = Object.values(networkInterfaces()).flat()
  return all.find((each) => each && each.family === 'IPv4' && !each.internal)?.address ?? null
}

async function openDatabase({ databaseUrl, dataDir }: Config, log: Log): Promise<Database> {
  const database = databaseUrl ? await openPostgres(databaseUrl) : openSqlite(dataDir)
  await migrate(database)
  if (databaseUrl && (await startStreamsAnewIfRestored(databaseUrl, systemClock.now()))) {
    log.warn({}, 'the database was put back from a copy: phones and boards read everything anew')
  }
  return database
}

/** What keeps the file of SQLite in order; PostgreSQL has servants of its own. */
function startUpkeep({ databaseUrl, dataDir, backups }: Config, log: Log): () => void {
  if (databaseUrl) return () => {}
  const stops = [startWalKeeper(dataDir, log), startDailyBackups(dataDir, backups, log)]
  return () => {
    for (const stop of stops) stop()
  }
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const secrets = openSecrets(config.dataDir, config.pepper)
  const gateways = openGateways(process.env, config.publicUrl, systemClock)
  buildIfStale(config.distDir)
  const database = await openDatabase(config, log)
  await checkPepper(database, secrets, config.newSetupCode)
  const console_ = openConsole(config.dataDir, config.host, config.port)
  const shop = openShop({
    database,
    wakeUrl: config.databaseUrl,
    secrets,
    log,
    clock: systemClock,
    files: createStaticFiles(config.distDir),
    publicUrl: config.publicUrl,
    limitScale: config.limitScale,
    mayPrintHere: config.mayPrintHere,
    dataDir: config.dataDir,
    gateways,
    addressOf: addressReader(config.trustedProxies),
    isConsole: console_.isConsole,
    onGroupError: (error) => {
      log.error({ error: String(error) }, 'write group failed')
      if (error instanceof StorageBrokenError) process.exit(1)
    },
  })
  const stopUpkeep = startUpkeep(config, log)
  if (config.demo) await seedDemo(shop.door)
  else await openFirstShop(shop.door)
  const server = serve({ fetch: shop.app.fetch, port: config.port, hostname: config.host })
  server.once('error', (error: NodeJS.ErrnoException) => fail(listenTrouble(error, config)))
  server.once('listening', async () => {
    const lan = config.host === '0.0.0.0' || config.host === '::' ? lanAddress() : null
    process.stdout.write(await welcome(shop.door, config, lan))
    // What was paid while this server was away is found soon, and nobody waits for that at a closed door.
    shop.gatewayWork.reconcile().catch((error) => log.warn({ error: String(error) }, 'reconcile failed'))
  })

  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    server.close()
    await shop.stop(STOP_SPREAD_MS)
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    await new Promise((resolve) => setTimeout(resolve, 200))
    stopUpkeep()
    await database.close()
    console_.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function fail(line: string): never {
  process.stderr.write(`Meja cannot start. ${line}\n`)
  process.exit(1)
}

let config: Config | null = null
try {
  config = readConfig(process.env)
  await start(config)
} catch (error) {
  fail(startTrouble(error, config))
}
