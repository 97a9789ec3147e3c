/** `tetik apply`: makes at Meta what a launch spec says. */

import type { Command } from 'commander'

export interface ApplyCommandOptions {
  readonly rollback?: true
  readonly overwriteDrift?: true
  readonly yes?: true
  readonly json?: true
}

export function addApply(program: Command): void {
  program
    .command('apply')
    .description(
      'Create or update the campaign of a launch spec: everything paused first, read back, and active only once all of it exists',
    )
    .argument('<spec>', 'a file of specs/, or the key of its launch')
    .option('--rollback', 'delete again what this run made, where it cannot be finished')
    .option('--overwrite-drift', 'set back what somebody changed at Meta since')
    .option('--yes', 'do it without asking')
    .option('--json', 'print how it ended as JSON')
    .action(async (spec: string, options: ApplyCommandOptions) => {
      const { runApply } = await import('./run-launch.js')
      await runApply(spec, options)
    })
}
