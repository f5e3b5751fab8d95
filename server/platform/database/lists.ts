import { join, type Sql } from 'sql-template-tag'

/**
 * Lists in a statement have this length, filled up with their last. Each length is a text of its own, and what
 * was prepared once is kept for as long as the server runs.
 */
export const LIST = 100

/** The values in lists of that length. */
export function* lists<Value>(values: readonly Value[]): Generator<Value[]> {
  for (let first = 0; first < values.length; first += LIST) {
    const some = values.slice(first, first + LIST)
    const last = some.at(-1) as Value
    yield [...some, ...Array<Value>(LIST - some.length).fill(last)]
  }
}

/** The same, each as it stands between the brackets of `IN (…)`. */
export function* listsToJoin(values: readonly string[]): Generator<Sql> {
  for (const some of lists(values)) yield join(some)
}
