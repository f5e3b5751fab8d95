import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './support/chromium.ts'

// A journey waits half of its time, so that three fill two cores; a retry would hide what happens to one guest in a hundred.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
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
