import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { unhandledReporter } from './support/run/unhandled-reporter.ts'

/** Where `npm test` wants to read what came of it. */
const { REPORT_PATH, UNHANDLED_PATH } = process.env

/** What a page of the client remembers, it remembers until it is closed: these have a process for each file. */
const PAGES = ['test/client/{ordering,staff,sync,tables}/**/*.test.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['test/support/run/tidy-up.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the two cores that these tests are meant to do with: much of them waits for something.
    maxWorkers: 3,
    unstubGlobals: true,
    // Loading the program anew takes longer than most files.
    isolate: false,
    projects: [
      {
        extends: true,
        plugins: [vue()],
        test: { name: 'pages', include: PAGES, isolate: true },
      },
      {
        extends: true,
        test: { name: 'rules', include: ['test/{shared,client}/**/*.test.ts'], exclude: PAGES },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/{server,faults}/**/*.test.ts'],
          globalSetup: ['test/support/test-databases.ts'],
        },
      },
    ],
    reporters: [
      'default',
      ...(REPORT_PATH ? [['json', { outputFile: REPORT_PATH }] as ['json', { outputFile: string }]] : []),
      ...(UNHANDLED_PATH ? [unhandledReporter(UNHANDLED_PATH)] : []),
    ],
  },
})
