import * as v from 'valibot'
import { expect, test } from 'vitest'
import { MAX_PHOTO_CHARACTERS, menuCommands } from '#shared/menu/menu-commands.ts'

const accepts = (imageBase64: string) =>
  v.is(menuCommands['menu.set_photo'], { itemId: 'cappuccino', imageBase64 })

test('a photo of exactly five megabytes is taken, one more group of letters is not', () => {
  expect(accepts('A'.repeat(MAX_PHOTO_CHARACTERS))).toBe(true)
  expect(accepts('A'.repeat(MAX_PHOTO_CHARACTERS + 4))).toBe(false)
})

test.each(['AAA', 'AA=A', '====', 'AA A', 'AAA*', 'AAAA\n', 'data:image/png;base64,AAAA'])(
  '%j is no picture',
  (text) => {
    expect(accepts(text)).toBe(false)
  },
)
