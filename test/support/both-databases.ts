import { describe } from 'vitest'

export type Dialect = 'sqlite' | 'postgres'

/** The same suite on SQLite and on PostgreSQL. */
export function describeOnBoth(name: string, suite: (dialect: Dialect) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${name} (${dialect})`, () => suite(dialect))
  }
}
