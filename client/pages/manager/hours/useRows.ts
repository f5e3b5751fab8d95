import type { Ref } from 'vue'

/** A list of records that a form changes row by row, each change a new list. */
export function useRows<Row extends object>(
  rows: Ref<readonly Row[]>,
): {
  readonly set: (index: number, change: Partial<Row>) => void
  readonly add: (row: Row) => void
  readonly remove: (index: number) => void
} {
  return {
    set(index, change) {
      rows.value = rows.value.map((row, at) => (at === index ? { ...row, ...change } : row))
    },
    add(row) {
      rows.value = [...rows.value, row]
    },
    remove(index) {
      rows.value = rows.value.filter((_, at) => at !== index)
    },
  }
}
