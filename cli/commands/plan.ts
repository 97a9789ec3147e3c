/** `tetik plan`: what applying a launch spec would do. */

import type { Command } from 'commander'

interface Options {
  readonly json?: true
}

export function addPlan(program: Command): void {
  program
    .command('plan')
    .description('Show what applying a launch spec would make and change at Meta; nothing is changed')
    .argument('<spec>', 'a file of specs/, or the key of its launch')
    .option('--json', 'print the plan as JSON')
    .action(async (spec: string, { json }: Options) => {
      const { runPlan } = await import('./run-launch.js')
      await runPlan(spec, json === true)
    })
}
