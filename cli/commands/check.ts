/** `tetik check`: reports all errors in rules, launch specs and `tetik.yaml` at once, plus warnings. */

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
    .description('Check rules, launch specs and tetik.yaml: all errors at once, plus warnings about valid but risky rules')
    .argument('[path...]', 'files or folders (default: rules/, specs/ and tetik.yaml of the project)')
    .option('--strict', 'fail on warnings too')
    .option('--data <csv>', 'an Ads Manager export, to find a `where` that selects nothing (default: the last sync)')
    .option('--account <name>', 'with --data: the account in tetik.yaml that the export is from')
    .addOption(
      new Option('--format <format>', 'text for people, JSON, or annotations on a pull request')
        .choices(FORMATS)
        .default('human'),
    )
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .action(async (paths: string[], options: CheckCommandOptions) => {
      const { runCheck } = await import('./run-check.js')
      await runCheck(paths, options)
    })
}
