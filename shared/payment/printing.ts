// Receipts on paper. An outlet has at most one network printer, which takes plain bytes on a port and says
// little back; so every print has an id, is tried again under that id, and ends as printed or not printed.
// The first print of a bill is the receipt; each further one says that it is a copy.
import * as v from 'valibot'
import { id, instantMs, whole, words } from '../kernel/schema.ts'

const rev = whole(1, Number.MAX_SAFE_INTEGER)

/** Characters on a line: of 58 mm paper, of 80 mm paper. */
export const PRINTER_COLUMNS = [32, 42] as const
/** Prints of one bill; more is a mistake or a game. */
export const MAX_PRINTS = 20
/** Tries before a print counts as not printed; with the pauses between them about a minute. */
export const MAX_PRINT_TRIES = 6

/**
 * A host name or an IPv4 address, and a port from 1024 up: below live services that a receipt must never
 * be sent to. Link-local addresses are left out, since clouds keep their keys there.
 */
const ADDRESS = /^tcp:\/\/(?!169\.254\.)[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?:(\d{4,5})$/i

export const printerAddress = v.pipe(
  v.string(),
  v.check((text) => {
    const port = Number(ADDRESS.exec(text)?.[1])
    return port >= 1024 && port <= 65_535
  }, 'printer.address_malformed'),
)

const settings = { address: printerAddress, columns: v.picklist(PRINTER_COLUMNS) }

/** Record `printer` of the desk's stream; its id is the outlet's. `settings` is null where there is none. */
export const printerSchema = v.strictObject({
  id: id('out'),
  rev,
  settings: v.nullable(v.strictObject(settings)),
})
export type Printer = v.InferOutput<typeof printerSchema>

/** Why a print did not come out: `cut_off` may have printed a part. */
const PRINT_TROUBLES = ['unreachable', 'no_paper', 'cut_off'] as const
const PRINT_STATES = ['waiting', 'printed', 'failed'] as const

/** Record `print` of the desk's stream. */
export const printSchema = v.strictObject({
  id: id('prt'),
  rev,
  outletId: id('out'),
  /** Null for a test page. */
  billId: v.nullable(id('bil')),
  /** 1 is the receipt, every further number a copy. */
  copy: whole(1, MAX_PRINTS),
  state: v.picklist(PRINT_STATES),
  tries: whole(0, MAX_PRINT_TRIES),
  trouble: v.nullable(v.picklist(PRINT_TROUBLES)),
  askedBy: words(40),
  askedAtMs: instantMs,
  endedAtMs: v.nullable(instantMs),
  /** Somebody has read that it was not printed. */
  isSeen: v.boolean(),
})
export type Print = v.InferOutput<typeof printSchema>

export const printingCommands = {
  'outlet.set_printer': v.strictObject({
    outletId: id('out'),
    settings: v.nullable(v.strictObject(settings)),
  }),
  /** A page that shows whether width and letters are right. */
  'printer.test': v.strictObject({ outletId: id('out'), printId: id('prt') }),
  /** Takes the alarm about a print that failed off the board. */
  'receipt.seen': v.strictObject({ outletId: id('out'), printId: id('prt') }),
} as const
