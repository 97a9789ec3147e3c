/** `tetik plan`: what applying a launch spec would do. */

import type { Command } from 'commander'

interface Options {
  readonly json?: true
}

export function addPlan(program: Command): void {
  program
    .command('plan')
    .description('Show what applying a launch spec would create and change at Meta; read-only')
    .argument('<spec>', 'a file in specs/, or the key of a launch')
    .option('--json', 'print the plan as JSON')
    .action(async (spec: string, { json }: Options) => {
      const { runPlan } = await import('./run-launch.js')
      await runPlan(spec, json === true)
    })
}
