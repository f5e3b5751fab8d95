import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readEnded } from '../../../server/upkeep/ended-records.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene } from '../../support/pickup-scene.ts'

describeOnBoth('what has ended for the desk', (dialect) => {
  test.each([
    ['no_show', true],
    ['served', true],
    ['rejected', true],
    ['cancelled', true],
    ['ready', false],
    ['placed', false],
  ] as const)('a pick-up that is %s has ended: %s', async (status, hasEnded) => {
    const { shop, linkPhone, place, pay } = await createPickupScene(dialect)
    const phone = await linkPhone()
    const { id, visitId } = await place(phone)
    await pay(phone, visitId)
    await shop.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE orders SET status = ${status} WHERE id = ${id}`)
      return { keep: true, value: undefined }
    })
    const rows = [{ kind: 'order', record_id: id }]
    expect((await readEnded(shop.read, rows, shop.clock.now() + 1)).has(`order ${id}`)).toBe(hasEnded)
    expect((await readEnded(shop.read, rows, 0)).size).toBe(0)
  })
})
