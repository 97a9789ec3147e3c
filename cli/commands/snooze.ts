/** `tetik snooze`: silences a rule for a time, for one entity or for all. */

import type { Command } from 'commander'

interface Options {
  readonly entity?: string
  readonly for?: string
  readonly off?: true
  readonly json?: true
}

export function addSnooze(program: Command): void {
  program
    .command('snooze')
    .description('Silence a rule for a time: it is still evaluated and its decisions recorded, but it does nothing')
    .argument('<rule>', 'its id')
    .option('--entity <id or name>', 'only for this campaign, ad set or ad')
    .option('--for <duration>', 'how long: 2d, 6h, 30m')
    .option('--off', 'end it now')
    .option('--json', 'print the result as JSON')
    .action(async (rule: string, options: Options, command: Command) => {
      if ((options.for === undefined) === (options.off === undefined))
        command.error('error: give either --for or --off, not both')
      const { snoozeFromCommand } = await import('../../service/operations/snooze-command.js')
      const { snoozedAsJson, snoozedForPeople } = await import('../views/snooze.js')
      const result = await snoozeFromCommand(rule, options.entity ?? null, options.for ?? null)
      process.stdout.write(options.json === true ? snoozedAsJson(result) : snoozedForPeople(result))
    })
}
