import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { unhandledReporter } from './support/run/unhandled-reporter.ts'

/** Where `npm test` wants to read what came of it. */
const { REPORT_PATH, UNHANDLED_PATH } = process.env

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [vue()],
  test: {
    include: ['test/{shared,server,client,faults}/**/*.test.ts'],
    setupFiles: ['test/support/run/tidy-up.ts'],
    globalSetup: ['test/support/test-databases.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: [
      'default',
      ...(REPORT_PATH ? [['json', { outputFile: REPORT_PATH }] as ['json', { outputFile: string }]] : []),
      ...(UNHANDLED_PATH ? [unhandledReporter(UNHANDLED_PATH)] : []),
    ],
  },
})
