import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { writeSmallCopies } from '../../../../server/platform/http/small-copies.ts'
import { createStaticFiles } from '../../../../server/platform/http/static-files.ts'
import { madeOnce } from '../../../../server/platform/made-once.ts'
import { makeFolder } from '../../../support/meja-process.ts'

/** As much as the largest file of a build, of words that compress as code does. */
const CODE = Array.from(
  { length: 15_000 },
  (_, at) => `const a${(at * 7919) % 60_013} = b${at % 977}(${at})\n`,
).join('')

function filesWith(name: string, text: string) {
  const folder = makeFolder('static')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', name), text)
  return createStaticFiles(folder)
}

async function bytesOf(response: Response | null): Promise<Buffer> {
  return Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0))
}

test('what begins with a dot is served to nobody', async () => {
  const files = filesWith('.built', 'a note of the build')
  expect(await files.respond('/assets/.built', undefined)).toBeNull()
})

test('compressing a file as small as it gets keeps nobody waiting, neither the first who asks nor the event loop', async () => {
  const files = filesWith('index-abcdefgh.js', CODE)
  const ask = () => files.respond('/assets/index-abcdefgh.js', 'br')
  const first = await bytesOf(await ask())
  expect(brotliDecompressSync(first).toString()).toBe(CODE)
  let answered = 0
  let small = first
  while (small.length >= first.length) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    small = await bytesOf(await ask())
    answered++
  }
  expect(brotliDecompressSync(small).toString()).toBe(CODE)
  // Meanwhile others were answered: a loop that stands still for it answers one when it is done.
  expect(answered).toBeGreaterThan(3)
})

test('a script of a build is as small for the first who asks as for all others', async () => {
  const folder = makeFolder('static')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'index-abcdefgh.js'), CODE)
  writeSmallCopies(folder, ['index-abcdefgh.js'])
  const files = createStaticFiles(folder)
  const first = await bytesOf(await files.respond('/index-abcdefgh.js', 'br'))
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
  expect(first.length).toBeLessThan(brotliCompressSync(CODE, quality).length)
  expect(brotliDecompressSync(first).toString()).toBe(CODE)
  expect(await (await files.respond('/index-abcdefgh.js', undefined))?.text()).toBe(CODE)
  expect(await files.respond('/index-abcdefgh.js.br', 'br')).toBeNull()
})

test('a browser gets the encoding that it takes, and a file that is not there is none', async () => {
  const files = filesWith('index-abcdefgh.js', CODE)
  const gzipped = await files.respond('/assets/index-abcdefgh.js', 'gzip')
  expect(gunzipSync(await bytesOf(gzipped)).toString()).toBe(CODE)
  expect(await (await files.respond('/assets/index-abcdefgh.js', undefined))?.text()).toBe(CODE)
  expect(await files.respond('/assets/other-abcdefgh.js', 'br')).toBeNull()
})

test('what could not be made is made anew for the next who asks, and what was made is made once', async () => {
  const once = madeOnce<string>(10)
  let tries = 0
  const make = async () => {
    tries++
    if (tries === 1) throw new Error('no memory')
    return `page ${tries}`
  }
  const both = await Promise.allSettled([once('a', make), once('a', make)])
  expect([both.map(({ status }) => status), tries]).toEqual([['rejected', 'rejected'], 1])
  expect(await once('a', make)).toBe('page 2')
  expect(await once('a', make)).toBe('page 2')
})
