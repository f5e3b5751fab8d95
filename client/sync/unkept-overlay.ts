import {
  cmp,
  type DBCore,
  type DBCoreIndex,
  type DBCoreKeyRange,
  type DBCoreTable,
  type DBCoreTransaction,
  type Middleware,
} from 'dexie'
import type { StoredCursor, StoredRecord } from './stored-rows.ts'
import { hasUnkept, isVoided, unkept } from './unkept-records.ts'

type Row = StoredRecord | StoredCursor

/** Inside a transaction that writes, storage is read as it is: else what it lacks would never be written. */
function isWriting(trans: DBCoreTransaction): boolean {
  return 'mode' in trans && trans.mode === 'readwrite'
}

/** Of the stored and the unkept row the one that is further on. */
function newer(stored: Row | undefined, held: Row | undefined): Row | undefined {
  const shown = stored && isVoided(stored.stream) ? undefined : stored
  if (!shown || !held) return held ?? shown
  const orderOf = (row: Row) => ('rev' in row ? row.rev : row.seq)
  return orderOf(shown) > orderOf(held) ? shown : held
}

function isWithin(range: DBCoreKeyRange, key: unknown): boolean {
  // 3: all keys, 4: none.
  if (range.type === 3 || range.type === 4) return range.type === 3
  const low = range.lower === undefined ? 1 : cmp(key, range.lower)
  const high = range.upper === undefined ? -1 : cmp(key, range.upper)
  return (low > 0 || (low === 0 && !range.lowerOpen)) && (high < 0 || (high === 0 && !range.upperOpen))
}

function overlaid(down: DBCoreTable, rows: () => readonly Row[]): DBCoreTable {
  const { primaryKey } = down.schema
  const keyOf = (row: Row): unknown => primaryKey.extractKey?.(row)
  const heldAt = (key: unknown) => rows().find((row) => cmp(keyOf(row), key) === 0)
  const isPlain = (trans: DBCoreTransaction) => !hasUnkept() || isWriting(trans)

  async function read(trans: DBCoreTransaction, index: DBCoreIndex, range: DBCoreKeyRange): Promise<Row[]> {
    const found: Row[] = (await down.query({ trans, query: { index, range }, values: true })).result
    const held = rows().filter((row) => isWithin(range, index.extractKey?.(row)))
    const heldKeys = held.map(keyOf)
    const others = found.filter((row) => !heldKeys.some((key) => cmp(key, keyOf(row)) === 0))
    const both = held.map((row) =>
      newer(
        found.find((each) => cmp(keyOf(each), keyOf(row)) === 0),
        row,
      ),
    )
    const shown = [
      ...others.filter(({ stream }) => !isVoided(stream)),
      ...both.filter((row) => row !== undefined),
    ]
    return shown.sort((a, b) => cmp(index.extractKey?.(a), index.extractKey?.(b)) || cmp(keyOf(a), keyOf(b)))
  }

  return {
    ...down,
    async get(request) {
      const stored = await down.get(request)
      return isPlain(request.trans) ? stored : newer(stored, heldAt(request.key))
    },
    async getMany(request) {
      const stored = await down.getMany(request)
      if (isPlain(request.trans)) return stored
      return stored.map((row, index) => newer(row, heldAt(request.keys[index])))
    },
    async query(request) {
      const { trans, query, values, limit, direction } = request
      if (isPlain(trans)) return down.query(request)
      const shown = await read(trans, query.index, query.range)
      const inOrder = direction?.startsWith('prev') ? shown.toReversed() : shown
      const wanted = inOrder.slice(0, limit ?? inOrder.length)
      return { result: values ? wanted : wanted.map(keyOf) }
    },
  }
}

/** Lays what found no room over `records` and `cursors`, for every reader; above Dexie's own cache of queries. */
export const unkeptOverlay: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'unkept',
  level: 3,
  create: (down) => ({
    ...down,
    table(name) {
      const table = down.table(name)
      if (name === 'records') return overlaid(table, () => unkept().records)
      return name === 'cursors' ? overlaid(table, () => unkept().cursors) : table
    },
  }),
}
