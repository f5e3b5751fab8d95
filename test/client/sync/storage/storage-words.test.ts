import { expect, test } from 'vitest'
import { storageEn } from '../../../../client/i18n/storage/storage.en.ts'
import { storageId } from '../../../../client/i18n/storage/storage.id.ts'

test('a phone without room is promised true news in one tab only: no other hears of what could not be stored', () => {
  for (const text of [storageId.help.full, storageId.help.broken])
    expect(text).toMatch(/Pakai satu tab saja: .*di tab itu tetap benar/)
  for (const text of [storageEn.help.full, storageEn.help.broken])
    expect(text).toMatch(/Use one tab only: .*that tab shows stays true/)
})
