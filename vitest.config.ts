import { defineConfig } from 'vitest/config'

/** `unit` stands beside the code; `end-to-end` and `browser` cross folders, start real processes and live in `test/`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{engine,workflows,activities,connectors,store,service,cli,sandbox,scripts,test/unit,test/agreement}/**/*.test.ts',
          ],
          // A machine that is busy is no fault of the code: servers and processes are started here, too.
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
          // Each file has its own processes and ports, and mostly waits for them.
          maxWorkers: 2,
        },
      },
      {
        test: {
          // Needs what not every machine has (Python) or takes long: `npm run test:full`.
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
