import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './support/chromium.ts'

/**
 * Journeys that never lose the network, and whose phones are nobody's for long: in these no worker stores the
 * whole app on each phone, which is a fifth of their work. They come last, since the longest are among the others.
 */
const ALWAYS_ONLINE = ['accessibility', 'board-rush', 'camera', 'cashier', 'closed-for-whom']
  .concat(['codes-and-languages', 'focus', 'keyboard', 'photographed-code'])
  .map((name) => `**/${name}.test.ts`)

// A journey waits half of its time, so that three fill two cores; a retry would hide what happens to one guest in a hundred.
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'with the worker', testMatch: '**/*.test.ts', testIgnore: ALWAYS_ONLINE },
    { name: 'always online', testMatch: ALWAYS_ONLINE, use: { serviceWorkers: 'block' } },
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
