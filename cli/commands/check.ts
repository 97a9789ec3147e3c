/** `tetik check`: every fault of the rules, the launch specs and `tetik.yaml`, at once. */

import { type Command, Option } from 'commander'

import type { CheckFormat } from '../views/check.js'

interface CheckCommandOptions {
  readonly data?: string
  readonly account?: string
  readonly format?: CheckFormat
  readonly json?: true
  readonly strict?: true
}

const FORMATS: readonly CheckFormat[] = ['human', 'json', 'github', 'sarif']

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Check rules, launch specs and tetik.yaml, and show every fault and every likely harm with its place')
    .argument('[path...]', 'files or folders (default: rules/, specs/ and tetik.yaml of the project)')
    .option('--strict', 'let warnings fail, too')
    .option('--data <csv>', 'an export of Ads Manager, to find a `where` that selects nothing (default: what was last synced)')
    .option('--account <name>', 'with --data: the account of tetik.yaml whose export it is')
    .addOption(
      new Option('--format <format>', 'for people, machines, or as annotations on a pull request')
        .choices(FORMATS)
        .default('human'),
    )
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .action(async (paths: string[], options: CheckCommandOptions) => {
      const { runCheck } = await import('./run-check.js')
      await runCheck(paths, options)
    })
}
