import { defineConfig } from 'vitest/config'

/** `unit` tests are next to the code; `end-to-end` and `browser` tests cross folders, start real processes and are in `test/`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{engine,workflows,activities,connectors,store,service,cli,sandbox,scripts,test/unit,test/agreement}/**/*.test.ts',
          ],
          // Some unit tests start servers and processes, which takes long on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          globalSetup: ['test/end-to-end/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Each file has its own processes and ports, and mostly waits.
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Tests that need Python or take long: `npm run test:full`.
          name: 'full',
          include: ['test/full/**/*.test.ts'],
          globalSetup: ['test/end-to-end/global-setup.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/end-to-end/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
