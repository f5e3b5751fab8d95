import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './support/chromium.ts'

/**
 * Journeys that never lose the network, and whose phones are nobody's for long: in these no worker stores the
 * whole app on each phone, which is a fifth of their work. The longest come first, so that none ends the run alone.
 */
const filesOf = (...names: readonly string[]) => names.map((name) => `**/${name}.test.ts`)
const LONG_ONLINE = filesOf('accessibility', 'cashier')
const SHORT_ONLINE = filesOf(
  ...[
    'board-rush',
    'camera',
    'closed-for-whom',
    'codes-and-languages',
    'focus',
    'keyboard',
    'photographed-code',
  ],
)

// A journey waits half of its time, so that three fill two cores; a retry would hide what happens to one guest in a hundred.
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'long and online', testMatch: LONG_ONLINE, use: { serviceWorkers: 'block' } },
    { name: 'with the worker', testMatch: '**/*.test.ts', testIgnore: [...LONG_ONLINE, ...SHORT_ONLINE] },
    { name: 'online', testMatch: SHORT_ONLINE, use: { serviceWorkers: 'block' } },
  ],
  outputDir: process.env.E2E_OUTPUT_DIR ?? '../../node_modules/.cache/meja-e2e',
  globalSetup: './support/build-pages.ts',
  workers: 3,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    // Each frame is drawn by the processor, and colours in the middle of a change are nobody's colours.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    launchOptions: { executablePath: findBrowser(), args: [...browserArgs] },
    screenshot: 'only-on-failure',
  },
})
