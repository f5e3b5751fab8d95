import { expect, test } from 'vitest'
import type { Tx } from '../../../../server/platform/database/database.ts'
import { runJob } from '../../../../server/platform/database/group.ts'

const tx: Tx = { get: async () => undefined, all: async () => [], run: async () => 0 }

test('a savepoint that could not be released ends the group: nobody knows what it keeps', async () => {
  const called: string[] = []
  const marks = {
    begin: async () => called.push('begin'),
    release: async () => {
      called.push('release')
      throw new Error('release failed')
    },
    rollback: async () => called.push('rollback'),
  }
  await expect(runJob(tx, async () => ({ keep: true, value: 1 }), marks)).rejects.toThrow('release failed')
  expect(called).toEqual(['begin', 'release'])
})
