import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { ok, type Refusal, type Result, refuse } from '#shared/kernel/result.ts'
import { type DoorDeps, submit } from '../../commands.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import type { Database } from '../../platform/database/database.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { openPostgres } from '../../platform/database/postgres/postgres.ts'
import { openSqlite } from '../../platform/database/sqlite.ts'
import { createWriter } from '../../platform/database/writer.ts'
import { createFeed } from '../../platform/feed.ts'
import { makeId } from '../../platform/random-ids.ts'
import { checkPepper, openSecrets, type Secrets } from '../../platform/secrets.ts'
import { createSessions } from '../../platform/session.ts'
import { readConsole } from '../../platform/start/console-key.ts'
import { menuCommandList } from '../menu.commands.ts'

const ANSWER_WITHIN_MS = 30_000

const importedSchema = v.object({
  items: v.number(),
  atOutlets: v.array(v.object({ name: v.string(), items: v.number() })),
})
/** How many items the file holds, and how many of them each outlet sells. */
export type Imported = v.InferOutput<typeof importedSchema>

const answerSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), result: importedSchema }),
  v.object({ ok: v.literal(false), refusal: v.looseObject({ code: v.string() }) }),
])
type Answer = v.InferOutput<typeof answerSchema>

type ImportRefusal = Refusal

/** Imports by way of the server that runs on this data; where none runs, into the database itself. */
export async function importMenu(config: Config, csv: string): Promise<Result<Imported, ImportRefusal>> {
  // Both ways carry the same id: when the server did the work and died before it answered, the second
  // way finds the answer instead of doing it twice.
  const id = makeId('cmd', systemClock.now())
  const answer = (await askServer(config.dataDir, id, csv)) ?? (await importDirectly(config, id, csv))
  return answer.ok ? ok(answer.result) : refuse(answer.refusal)
}

/** The running server's answer; null when nobody answers, or somebody who does not know the key. */
async function askServer(dataDir: string, id: string, csv: string): Promise<Answer | null> {
  const server = readConsole(dataDir)
  if (server === null) return null
  try {
    const response = await fetch(`http://${server.host}:${server.port}/api/commands/menu.import`, {
      method: 'POST',
      headers: {
        authorization: `Console ${server.key}`,
        'content-type': 'application/json',
        'idempotency-key': id,
      },
      body: JSON.stringify({ csv }),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    const answer = v.safeParse(answerSchema, await response.json())
    if (!answer.success) return null
    // After a kill the file of the key stays behind, and another shop may have taken the port since.
    const isStranger = !answer.output.ok && answer.output.refusal.code.startsWith('session.')
    return isStranger ? null : answer.output
  } catch {
    return null
  }
}

async function importDirectly(config: Config, id: string, csv: string): Promise<Answer> {
  const isEmpty = config.databaseUrl === null && !existsSync(join(config.dataDir, 'meja.db'))
  const command = menuCommandList.find((each) => each.name === 'menu.import')
  if (isEmpty || !command) return { ok: false, refusal: { code: 'outlet.unknown' } }
  const database = config.databaseUrl ? await openPostgres(config.databaseUrl) : openSqlite(config.dataDir)
  try {
    await migrate(database)
    const secrets = openSecrets(config.dataDir, config.pepper)
    await checkPepper(database, secrets, false)
    const { answer } = await submit(openDoor(database, secrets), command, id, { csv }, { kind: 'house' })
    return v.parse(answerSchema, answer)
  } finally {
    await database.close()
  }
}

function openDoor(database: Database, secrets: Secrets): DoorDeps {
  // Whatever fails here rejects the one command that is waited for, and is told by it.
  const alreadyTold = () => {}
  return {
    database,
    writer: createWriter(database, alreadyTold),
    feed: createFeed(database.read, alreadyTold),
    sessions: createSessions(database.read, systemClock),
    secrets,
    clock: systemClock,
    mayPrintHere: false,
  }
}
