import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createStaticFiles } from '../../../../server/platform/http/static-files.ts'
import { EARLIER_KEEPS_MS, replaceBuild } from '../../../../server/platform/start/build.ts'
import { scratchFolder } from '../../../support/filled-shop.ts'

const NOW_MS = Date.parse('2026-11-18T03:00:00Z')
const DAY_MS = 86_400_000

function distFolder(): string {
  const parent = scratchFolder('meja-build-')
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'dist')
}

/** What a build leaves behind: two pages, and for each a chunk that is named by its content. */
function pagesOf(version: string) {
  return (folder: string): void => {
    const files = {
      'index.html': `<script src="/assets/index-${version}.js"></script>`,
      [`assets/index-${version}.js`]: `customer ${version}`,
      'assets/font-same.woff2': 'the same in every build',
      'staff/staff.html': `<script src="/staff/assets/staff-${version}.js"></script>`,
      [`staff/assets/staff-${version}.js`]: `staff ${version}`,
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
}

async function textAt(files: ReturnType<typeof createStaticFiles>, url: string): Promise<string | null> {
  return (await (await files.respond(url, undefined))?.text()) ?? null
}

test('a phone that holds the page of the build before gets its files, for both apps, for seven days', async () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS - 30 * DAY_MS)
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  const files = createStaticFiles(dist, NOW_MS + EARLIER_KEEPS_MS - 1000)
  expect(await textAt(files, '/assets/index-two.js')).toBe('customer two')
  expect(await textAt(files, '/assets/index-one.js')).toBe('customer one')
  expect(await textAt(files, '/staff/assets/staff-one.js')).toBe('staff one')
  const { status, headers } = (await files.respond('/assets/index-one.js', undefined)) ?? new Response(null)
  expect([status, headers.get('cache-control'), headers.get('content-type')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
    'text/javascript; charset=utf-8',
  ])
  const later = createStaticFiles(dist, NOW_MS + EARLIER_KEEPS_MS)
  expect(await textAt(later, '/assets/index-one.js')).toBeNull()
  expect(await textAt(later, '/assets/index-two.js')).toBe('customer two')
})

test('what was replaced is counted from the day it was replaced, and is gone from the disk after its time', () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  replaceBuild(dist, pagesOf('two'), NOW_MS + DAY_MS)
  replaceBuild(dist, pagesOf('three'), NOW_MS + 6 * DAY_MS)
  expect(readdirSync(join(dist, 'earlier/assets')).sort()).toEqual(['index-one.js', 'index-two.js'])
  replaceBuild(dist, pagesOf('four'), NOW_MS + 8 * DAY_MS)
  expect(readdirSync(join(dist, 'earlier/assets')).sort()).toEqual(['index-three.js', 'index-two.js'])
})

test('a build that was taken back is not kept twice, and neither pages nor workers are kept at all', () => {
  const dist = distFolder()
  for (const version of ['one', 'two', 'one']) replaceBuild(dist, pagesOf(version), NOW_MS)
  expect(readdirSync(join(dist, 'earlier/assets'))).toEqual(['index-two.js'])
  expect(readdirSync(join(dist, 'earlier')).sort()).toEqual(['assets', 'staff'])
  expect(readdirSync(join(dist, 'earlier/staff'))).toEqual(['assets'])
})

test('all that is kept together stays within its bound, the newest first', () => {
  const dist = distFolder()
  const big = (name: string) => (folder: string) => {
    pagesOf(name)(folder)
    writeFileSync(join(folder, `assets/big-${name}.js`), Buffer.alloc(30 * 1024 * 1024))
  }
  for (const [day, name] of ['one', 'two', 'three', 'four'].entries()) {
    replaceBuild(dist, big(name), NOW_MS + day * DAY_MS)
  }
  const kept = readdirSync(join(dist, 'earlier/assets')).filter((name) => name.startsWith('big-'))
  expect(kept.sort()).toEqual(['big-three.js', 'big-two.js'])
})

test('a server that runs goes on with one whole build while the next takes its place', async () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  const running = createStaticFiles(dist, NOW_MS)
  replaceBuild(dist, pagesOf('three'), NOW_MS)
  expect(running.text('/index.html')).toContain('index-two.js')
  expect(running.text('/staff/staff.html')).toContain('staff-two.js')
  expect(await textAt(running, '/assets/index-two.js')).toBe('customer two')
  expect(await textAt(running, '/assets/index-one.js')).toBe('customer one')
  expect(await textAt(running, '/assets/index-three.js')).toBeNull()
  rmSync(dist, { recursive: true })
  expect(await textAt(running, '/assets/index-two.js')).toBe('customer two')
  expect(await textAt(running, '/assets/index-one.js')).toBeNull()
})

test('a build that fails changes nothing and leaves nothing behind', async () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  const failing = (folder: string) => {
    pagesOf('two')(folder)
    throw new Error('no room')
  }
  expect(() => replaceBuild(dist, failing, NOW_MS)).toThrow('no room')
  expect(createStaticFiles(dist, NOW_MS).text('/index.html')).toContain('index-one.js')
  expect(readdirSync(dirname(dist))).toEqual(['dist'])
})

test('what a system leaves in a folder that somebody looked into stops no build', () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  writeFileSync(join(dist, 'assets/.DS_Store'), 'finder')
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  expect(readdirSync(join(dist, 'assets'))).not.toContain('.DS_Store')
})

test('what no build wrote is never replaced: the build stops before it begins and names it', () => {
  const place: Record<string, (dist: string) => void> = {
    'letter.txt': (dist) => writeFileSync(join(dist, 'letter.txt'), 'mine'),
    'assets/photo.png': (dist) => writeFileSync(join(dist, 'assets/photo.png'), 'mine'),
    'earlier/assets/old.js': (dist) => {
      mkdirSync(join(dist, 'earlier/assets'), { recursive: true })
      writeFileSync(join(dist, 'earlier/assets/old.js'), 'mine')
    },
    link: (dist) => symlinkSync('/nowhere', join(dist, 'link')),
    // Not looked into: it may lead anywhere.
    folders: (dist) => symlinkSync(dirname(dist), join(dist, 'folders')),
  }
  for (const [name, put] of Object.entries(place)) {
    const dist = distFolder()
    replaceBuild(dist, pagesOf('one'), NOW_MS)
    put(dist)
    const unasked = () => expect.unreachable()
    expect(() => replaceBuild(dist, unasked, NOW_MS), name).toThrow(`no build wrote "${join(dist, name)}"`)
    expect(lstatSync(join(dist, name)), name).toBeTruthy()
    const late = distFolder()
    replaceBuild(late, pagesOf('one'), NOW_MS)
    const meanwhile = (folder: string) => {
      pagesOf('two')(folder)
      put(late)
    }
    expect(() => replaceBuild(late, meanwhile, NOW_MS), name).toThrow('no build wrote')
    expect(lstatSync(join(late, name)), name).toBeTruthy()
    expect(readdirSync(dirname(late))).toEqual(['dist'])
  }
})

test('a build from before there were lists is replaced, and nothing beside it', () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS - DAY_MS)
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  writeFileSync(join(dist, '.built'), new Date(NOW_MS).toISOString())
  replaceBuild(dist, pagesOf('three'), NOW_MS)
  expect(readdirSync(join(dist, 'earlier/assets')).sort()).toEqual(['index-one.js', 'index-two.js'])
  writeFileSync(join(dist, '.built'), '')
  writeFileSync(join(dist, 'letter.txt'), 'mine')
  expect(() => replaceBuild(dist, pagesOf('four'), NOW_MS)).toThrow('letter.txt')
})

test('a build that was killed between taking away and putting back is made good by the next', () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  const scratch = join(dirname(dist), '.dist-build-999999')
  mkdirSync(join(scratch, 'old'), { recursive: true })
  replaceBuild(join(scratch, 'old', 'dist'), pagesOf('one'), NOW_MS)
  rmSync(dist, { recursive: true })
  const hourAgo = (NOW_MS - 2 * 3_600_000) / 1000
  utimesSync(scratch, hourAgo, hourAgo)
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  expect(existsSync(join(dist, 'earlier/assets/index-one.js'))).toBe(true)
  expect(readdirSync(dirname(dist))).toEqual(['dist'])
})

test('a worker that installs during an update is not given another page than its own', async () => {
  const dist = distFolder()
  replaceBuild(dist, pagesOf('one'), NOW_MS)
  const page = createStaticFiles(dist, NOW_MS).text('/index.html') ?? ''
  const revision = createHash('md5').update(page).digest('hex')
  replaceBuild(dist, pagesOf('two'), NOW_MS)
  const files = createStaticFiles(dist, NOW_MS)
  expect(await files.respond('/index.html', undefined, revision)).toBeNull()
  expect((await files.respond('/index.html', undefined))?.status).toBe(200)
})
