import { describe, expect, it } from 'vitest'
import { batchHints, countItems } from '../../../client/board/counts/item-counts.ts'
import { NOON, sampleLine, sampleOrder } from './sample-orders.ts'

describe('what has to be made', () => {
  it('adds the same item up over all tickets, the most first, with its tables', () => {
    const counts = countItems([
      sampleOrder(1, { lines: [sampleLine('latte', 2), sampleLine('kopi', 1)] }),
      sampleOrder(2, { lines: [sampleLine('kopi', 3)] }),
    ])
    expect(counts.map(({ itemId, quantity, tables }) => [itemId, quantity, tables])).toEqual([
      ['kopi', 4, ['A1', 'A2']],
      ['latte', 2, ['A1']],
    ])
  })

  it('keeps apart what is made differently', () => {
    const less = { groupId: 'gula', optionId: 'sedikit', name: { id: 'less sugar', en: 'less sugar' } }
    const [kopi] = countItems([
      sampleOrder(1, { lines: [sampleLine('kopi', 1, { choices: [less] })] }),
      sampleOrder(2, { lines: [sampleLine('kopi', 2), sampleLine('kopi', 1, { choices: [less] })] }),
    ])
    expect(kopi?.variants.map(({ quantity, tables }) => [quantity, tables])).toEqual([
      [2, ['A1', 'A2']],
      [2, ['A2']],
    ])
  })

  it('names the party that has gone apart from whoever sits at its table now', () => {
    const gone = (order: { visitId: string }) => order.visitId.endsWith('1')
    const placeOf = (order: { tableLabel: string | null; visitId: string }) =>
      gone(order) ? `${order.tableLabel} (gone)` : String(order.tableLabel)
    const at = { tableLabel: 'A7', status: 'accepted' as const }
    const [latte] = countItems(
      [sampleOrder(4, at), sampleOrder(8, { ...at, visitId: 'vis_00000000000000000000000002' })],
      placeOf,
    )
    expect(latte?.tables).toEqual(['A7 (gone)', 'A7'])
  })

  it('leaves held orders out', () => {
    expect(countItems([sampleOrder(1, { heldAtMs: NOON })])).toEqual([])
  })

  it('leaves out what nobody has vouched for yet, and counts it once it was accepted', () => {
    expect(countItems([sampleOrder(1, { presence: 'unproven' })])).toEqual([])
    expect(countItems([sampleOrder(1, { presence: 'proven' })])).toHaveLength(1)
  })

  it('hints at a batch only when two tickets that nobody has started share an item', () => {
    const accepted = { status: 'accepted' as const, lines: [sampleLine('kopi', 2)] }
    expect(batchHints([sampleOrder(1, accepted)])).toEqual([])
    expect(
      batchHints([sampleOrder(1, accepted), sampleOrder(2, { ...accepted, status: 'preparing' })]),
    ).toEqual([])
    const [hint] = batchHints([sampleOrder(1, accepted), sampleOrder(2, accepted)])
    expect([hint?.quantity, hint?.tables]).toEqual([4, ['A1', 'A2']])
  })
})
