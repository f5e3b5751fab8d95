import { computed, type Ref, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { Scan } from '#shared/tables/table.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { type Asked, askServer } from '../sync/api.ts'
import { backoffMs, waitUntilWorthTrying } from '../sync/backoff.ts'
import { onOpenedLate, readSetting, writeSetting } from '../sync/db.ts'
import { recordsOf } from '../sync/read-records.ts'
import { serverNowMs } from '../sync/server-clock.ts'
import { boot } from './boot.ts'
import { type CodeState, forgetCode, isSeatFresh, isSeatLeft, rememberCode, type Seat } from './seat.ts'

const MAX_RENEWALS = 3

const seat = shallowRef<Seat | null>(null)
const lastOutletId = ref<string | null>(null)
const codeState = ref<CodeState>('checking')
const replacedOutletId = ref<string | null>(null)
let codes: readonly Seat[] = []
let asking: AbortController | null = null
let joining: AbortController | null = null
/** The guest wants to see the table's orders or bill; a scan that is answered later asks as well. */
let wantsToJoin = false
let renewals: number[] = []

/** The seat while the guest is likely to sit there; null for somebody who only reads the menu. */
const freshSeat = computed(() => (seat.value && isSeatFresh(seat.value, serverNowMs()) ? seat.value : null))

export function useSeat(): {
  readonly seat: Readonly<Ref<Seat | null>>
  readonly lastOutletId: Readonly<Ref<string | null>>
  readonly codeState: Readonly<Ref<CodeState>>
  readonly replacedOutletId: Readonly<Ref<string | null>>
  readonly openCode: (token: string) => void
  readonly leaveCode: () => void
  readonly readOutlet: (outletId: string) => void
  readonly askToJoin: () => void
} {
  return {
    seat: shallowReadonly(freshSeat),
    lastOutletId: readonly(lastOutletId),
    codeState: readonly(codeState),
    replacedOutletId: readonly(replacedOutletId),
    openCode,
    leaveCode,
    readOutlet,
    askToJoin,
  }
}

/**
 * Asks to be let in where friends are already sitting. Only for whoever wants to see what is the table's: each asking
 * interrupts them, and reading the menu or ordering needs nobody's leave. Nothing happens where nobody sits yet,
 * nor from a seat that this phone has left: who sits there next are strangers to it.
 */
function askToJoin(): void {
  wantsToJoin = true
  const { token, table } = freshSeat.value ?? {}
  if (token !== undefined && table) void joinUntilAnswered(token)
}

/** Reads what this phone remembers; to be called once, before the first page asks. */
export async function restoreSeat(): Promise<void> {
  const [storedSeat, storedCodes, outletId] = await Promise.all([
    readSetting<Seat>('seat'),
    readSetting<readonly Seat[]>('codes'),
    readSetting<string>('outletId'),
  ])
  // A code that was scanned while storage answered is newer.
  seat.value ??= storedSeat ?? null
  codes = codes.reduceRight(rememberCode, storedCodes ?? [])
  lastOutletId.value ??= outletId ?? null
}

/** What was scanned while the storage was closed goes in, beside the codes of earlier scans. */
onOpenedLate(async (held) => {
  await restoreSeat()
  if (held.has('codes')) keep('codes', codes)
  for (const key of ['seat', 'outletId', 'customerId']) if (held.has(key)) keep(key, held.get(key))
})

/** The menu that is being read is also followed by the feed, and opened next time. */
function readOutlet(outletId: string): void {
  if (lastOutletId.value === outletId) return
  lastOutletId.value = outletId
  keep('outletId', outletId)
}

function keep(key: string, value: unknown): void {
  // Without storage this phone simply remembers nothing: the next scan tells all of it anew.
  void writeSetting(key, value).catch(() => undefined)
}

function sit(next: Seat): void {
  seat.value = next
  codes = rememberCode(codes, next)
  keep('seat', next)
  keep('codes', codes)
  readOutlet(next.outletId)
  codeState.value = 'seated'
}

/** What is known of the code before the server was asked: from the page itself, else from an earlier scan. */
function knownSeat(token: string): Seat | null {
  if (boot?.token === token && boot.outletId && (boot.code === 'table' || boot.code === 'touchpoint')) {
    const { outletId, table } = boot
    return { token, outletId, table, scannedAtMs: serverNowMs(), isUnheard: true }
  }
  const known = codes.find((each) => each.token === token)
  return known ? { ...known, scannedAtMs: serverNowMs(), isUnheard: true } : null
}

/** Opens the code of the page's address: at once with what is known, then as the server says, as soon as it can be asked. */
function openCode(token: string): void {
  leaveCode()
  const known = knownSeat(token)
  codeState.value = 'checking'
  if (known) sit(known)
  else if (boot?.token === token && (boot.code === 'unknown' || boot.code === 'replaced')) {
    codeState.value = boot.code
  }
  asking = new AbortController()
  void askUntilAnswered(token, asking.signal)
}

/** A page that was closed between the scan's answer and its storing has the cookie, but does not know whose: it asks again. */
export async function finishScan(): Promise<void> {
  const isKnown = (await readSetting<string>('customerId')) !== undefined
  if (!isKnown && asking === null && freshSeat.value) openCode(freshSeat.value.token)
}

function leaveCode(): void {
  asking?.abort()
  asking = null
}

async function askUntilAnswered(token: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    const isAnswered = await scan(token, signal)
    if (isAnswered || signal.aborted) return
    if (codeState.value === 'checking') codeState.value = 'unreachable'
    await waitUntilWorthTrying(1000 + backoffMs(attempt), signal)
  }
}

async function scan(token: string, signal?: AbortSignal): Promise<boolean> {
  const asked = await askServer<'code.scan', Scan>('code.scan', { token })
  if (signal?.aborted) return true
  if (!asked.ok) {
    if (asked.refusal.code === 'code.unknown' || asked.refusal.code === 'code.replaced') {
      await refuse(token, asked.refusal.code === 'code.unknown' ? 'unknown' : 'replaced')
      return true
    }
    return false
  }
  const { customerId, outletId, table, scannedAtMs = serverNowMs() } = asked.result
  keep('customerId', customerId)
  sit({ token, outletId, table, scannedAtMs })
  if (table && wantsToJoin) void joinUntilAnswered(token)
  return true
}

/** The scan's answer may be the last that the signal let through: asking to be let in goes on until it is heard. */
async function joinUntilAnswered(token: string): Promise<void> {
  joining?.abort()
  joining = new AbortController()
  const { signal } = joining
  for (let attempt = 0; !signal.aborted && freshSeat.value?.token === token; attempt++) {
    // Before the scan is heard the server takes the phone for one that has not come back; once heard it asks itself.
    const isDone = freshSeat.value.isUnheard ? await scan(token, signal) : await join(freshSeat.value)
    if (isDone) return
    await waitUntilWorthTrying(1000 + backoffMs(attempt), signal)
  }
}

/** True once the server has answered, or when nobody is to be asked. */
async function join(at: Seat): Promise<boolean> {
  if (isSeatLeft(at, await readOwnPhones())) return true
  const asked = await askServer('visit.join', { token: at.token })
  return asked.ok || asked.refusal.code !== 'network.unreachable'
}

/** A code that was replaced still serves the phone that was let into the visit before. */
async function refuse(token: string, state: 'unknown' | 'replaced'): Promise<void> {
  const known = seat.value?.token === token ? seat.value : codes.find((each) => each.token === token)
  if (state === 'replaced' && known?.table && (await isAdmittedAt(known.outletId, known.table.label))) return
  replacedOutletId.value = known?.outletId ?? null
  codes = forgetCode(codes, token)
  keep('codes', codes)
  if (seat.value?.token === token) {
    seat.value = null
    keep('seat', null)
  }
  codeState.value = state
}

/** This phone's places in visits; none while storage does not answer: then the server decides. */
async function readOwnPhones(): Promise<VisitPhone[]> {
  const rows = await recordsOf({ kind: 'visit_phone' }).catch(() => [])
  return rows.filter(({ stream }) => stream.startsWith('customer:')).map(({ body }) => body as VisitPhone)
}

async function isAdmittedAt(outletId: string, tableLabel: string): Promise<boolean> {
  const rows = await recordsOf({ kind: 'visit_phone' })
  return rows.some((row) => {
    const phone = row.body as VisitPhone
    return (
      phone.outletId === outletId &&
      phone.tableLabel === tableLabel &&
      phone.state === 'admitted' &&
      phone.isVisitOpen
    )
  })
}

type Named = { readonly customerId: string }

/** By the code that was scanned; a phone that came by a link, or whose code was replaced, asks for a name of its own. */
async function askName(token: string | null, outletId: string | null): Promise<Asked<Named>> {
  if (token !== null) {
    const asked = await askServer<'code.scan', Scan>('code.scan', { token })
    if (asked.ok || asked.refusal.code === 'network.unreachable' || outletId === null) return asked
  }
  return askServer<'phone.begin', Named>('phone.begin', { outletId: outletId ?? '' })
}

/**
 * For the sender: the server does not know this phone any more, so the stored code is shown again.
 * False when that cannot help; then the command stays, refused, on the screen. A scan that nobody
 * answered (no network, a full server) says nothing yet, however often: the command waits.
 */
export async function renewSession(): Promise<boolean> {
  const token = seat.value?.token ?? null
  const outletId = lastOutletId.value
  if (token === null && outletId === null) return false
  const nowMs = Date.now()
  renewals = renewals.filter((atMs) => nowMs - atMs < 60_000)
  // A browser that keeps no cookies would otherwise scan for ever.
  if (renewals.length >= MAX_RENEWALS) return false
  const asked = await askName(token, outletId)
  if (!asked.ok) return asked.refusal.code === 'network.unreachable'
  renewals.push(nowMs)
  await writeSetting('customerId', asked.result.customerId)
  return true
}
