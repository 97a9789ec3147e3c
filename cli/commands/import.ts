/** `tetik import rules`: Ads Manager's automated rules as a rule file. */

import type { Command } from 'commander'

interface Options {
  readonly account?: string
  readonly json?: true
}

export function addImport(program: Command): void {
  const group = program.command('import').description('Take over what is at Meta')
  group
    .command('rules')
    .description('Turn Ads Manager’s automated rules into YAML; what has no equal stands there as a comment with the reason')
    .option('--account <name>', 'its name in tetik.yaml; may be left out where there is one account')
    .option('--json', 'print what became of each rule, with the YAML, as JSON')
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
