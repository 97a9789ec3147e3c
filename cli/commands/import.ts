/** `tetik import rules`: converts Ads Manager's automated rules to a rule file. */

import type { Command } from 'commander'

interface Options {
  readonly account?: string
  readonly json?: true
}

export function addImport(program: Command): void {
  const group = program.command('import').description('Import rules that exist at Meta')
  group
    .command('rules')
    .description('Convert Ads Manager’s automated rules to YAML; what tetik cannot express becomes a comment with the reason')
    .option('--account <name>', 'its name in tetik.yaml; optional if there is only one account')
    .option('--json', 'print the result for each rule, with the YAML, as JSON')
    .addHelpText('after', '\nExample: tetik import rules > rules/imported.yaml && tetik check rules/imported.yaml')
    .action(async ({ account, json }: Options) => {
      const { importFromMeta } = await import('../../service/operations/import-rules.js')
      const imported = await importFromMeta(account ?? null)
      if (json === true) process.stdout.write(`${JSON.stringify(imported, null, 2)}\n`)
      else {
        process.stdout.write(imported.yaml)
        const { importForPeople } = await import('../views/import.js')
        process.stderr.write(importForPeople(imported))
      }
    })
}
