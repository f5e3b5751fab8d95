import QRCode from 'qrcode'
import sql from 'sql-template-tag'
import { formatClock } from '#shared/kernel/time.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { DoorDeps } from '../commands.ts'
import { readOutlets } from '../outlet/outlet.store.ts'
import type { Config } from '../platform/config.ts'
import { hashOneTimeCode, makeOneTimeCode, SETUP_CODE_MS } from '../staff/one-time-code.ts'
import { replaceSetupCode } from '../staff/staff.store.ts'

type DemoTable = { token: string; label: string; slug: string }

/** A table of the first outlet, the way a guest would scan it; null before there are tables. */
async function demoToken(door: DoorDeps): Promise<DemoTable | null> {
  const row = await door.database.read.get<DemoTable>(sql`
    SELECT codes.token AS token, tables.label AS label, outlets.slug AS slug
    FROM codes JOIN tables ON tables.id = codes.table_id JOIN outlets ON outlets.id = tables.outlet_id
    WHERE codes.replaced_at_ms IS NULL AND tables.is_active = 1
    ORDER BY CASE WHEN outlets.slug = 'mojopahit' AND tables.label = 'A7' THEN 0 ELSE 1 END, outlets.slug, tables.label
    LIMIT 1`)
  return row ?? null
}

/** A fresh set-up code while the shop has no owner, or when one was asked for; else null. */
async function setupCode(door: DoorDeps, isForced: boolean): Promise<string | null> {
  const owner = await door.database.read.get(
    sql`SELECT 1 FROM staff WHERE role = 'owner' AND is_active = 1 LIMIT 1`,
  )
  if (owner && !isForced) return null
  const code = makeOneTimeCode()
  const expiresAtMs = door.clock.now() + SETUP_CODE_MS
  await door.writer.submit(async (tx) => {
    await replaceSetupCode(tx, hashOneTimeCode(code, door.secrets), expiresAtMs)
    return { keep: true, value: undefined }
  })
  return code
}

/** Whoever follows the link while the outlet is closed must not think that ordering is broken. */
async function closedLine(door: DoorDeps, slug: string): Promise<string[]> {
  const outlet = (await readOutlets(door.database.read)).find((each) => each.slug === slug)
  const state = outlet && openState(outlet, door.clock.now())
  if (!outlet || !state || state.isOpen) return []
  const { opensAtMs } = state
  const opens =
    opensAtMs === null ? '' : ` It opens at ${formatClock(opensAtMs, outlet.zone)} (${outlet.zone}).`
  return [`  ${outlet.name} is closed now by its opening hours: the menu opens, orders are refused.${opens}`]
}

/** What the console says once the server listens: where to go, and how to get in. */
export async function welcome(door: DoorDeps, config: Config, lan: string | null): Promise<string> {
  const here = config.publicUrl ?? `http://localhost:${config.port}`
  const forPhones = config.publicUrl ?? (lan ? `http://${lan}:${config.port}` : here)
  const lines = ['', 'Meja is ready.', '']
  const demo = await demoToken(door)
  if (demo) {
    const path = `/t/${demo.token}`
    lines.push(`Customer, table ${demo.label}:  ${here}${path}`)
    if (forPhones !== here) lines.push(`  from a phone nearby:  ${forPhones}${path}`)
    lines.push(...(await closedLine(door, demo.slug)))
    lines.push(await QRCode.toString(`${forPhones}${path}`, { type: 'terminal', small: true }))
  }
  lines.push(`Board:    ${here}/staff/board`, `Manager:  ${here}/staff/manager`)
  const code = await setupCode(door, config.newSetupCode)
  if (code) {
    lines.push(
      '',
      `Set-up code, once, for the first owner:  ${code}`,
      `  ${here}/staff/setup#code=${code}${demo ? `&outlet=${demo.slug}` : ''}`,
    )
  }
  return `${lines.join('\n')}\n\n`
}
