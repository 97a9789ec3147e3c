/** `tetik apply`: creates or updates the campaign of a launch spec. */

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
      'Create or update the campaign of a launch spec: everything is created paused and read back, and set active only once all of it exists',
    )
    .argument('<spec>', 'a file in specs/, or the key of a launch')
    .option('--rollback', 'if the run cannot be completed, delete what it created')
    .option('--overwrite-drift', 'overwrite what somebody has changed at Meta since')
    .option('--yes', 'do not ask for confirmation')
    .option('--json', 'print the outcome as JSON')
    .action(async (spec: string, options: ApplyCommandOptions) => {
      const { runApply } = await import('./run-launch.js')
      await runApply(spec, options)
    })
}
