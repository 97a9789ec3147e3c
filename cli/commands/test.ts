/** `tetik test`: runs rules on the data of `*.test.yaml` files and compares the decisions with the expected ones. */

import { dirname } from 'node:path'

import type { Command } from 'commander'

import type { TestRun } from '../data/run-tests.js'

interface TestCommandOptions {
  readonly json?: true
  readonly junit?: string
  readonly watch?: true
  readonly coverage?: true
  readonly filter?: string
}

export function addTest(program: Command): void {
  program
    .command('test')
    .description('Run rule tests (*.test.yaml) and show the differences')
    .argument('[path...]', 'test files, rule files or folders (default: rules/ of the project)')
    .option('--filter <name>', 'only tests whose name contains this; a glob if it has * or ?')
    .option('--coverage', 'also show which conditions were never true, never false or never unknown')
    .option('--watch', 'run again whenever a rule or a test changes')
    .option('--junit <file>', 'also write the result as JUnit XML')
    .option('--json', 'print the result as JSON')
    .action(async (paths: string[], options: TestCommandOptions) => {
      const [{ runTests }, { countsOf, testsAsJson, testsForPeople }, { default: pc }] = await Promise.all([
        import('../data/run-tests.js'),
        import('../views/test.js'),
        import('picocolors'),
      ])
      const folder = process.cwd()
      const view = { colour: pc.isColorSupported, coverage: options.coverage === true }
      const once = async () => {
        const run = await runTests(paths, folder, { filter: options.filter })
        if (options.junit !== undefined) await writeJunit(options.junit, run)
        process.stdout.write(options.json ? testsAsJson(run, view) : testsForPeople(run, view))
        return run
      }
      if (options.watch) {
        const { watchTests } = await import('../data/watch-tests.js')
        await watchTests(paths, folder, once)
        return
      }
      const { failed, broken } = countsOf(await once())
      process.exitCode = broken > 0 ? 2 : failed > 0 ? 1 : 0
    })
}

async function writeJunit(path: string, run: TestRun): Promise<void> {
  const [{ testsAsJunit }, { mkdir, writeFile }] = await Promise.all([import('../views/junit.js'), import('node:fs/promises')])
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, testsAsJunit(run))
}
