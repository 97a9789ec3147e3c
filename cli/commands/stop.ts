/** `tetik stop` and `tetik resume`: the stop switch, which works on the store itself, whether or not anything runs. */

import type { Command } from 'commander'

interface Options {
  readonly reason?: string
  readonly json?: true
}

export function addStop(program: Command): void {
  program
    .command('stop')
    .description('Stop the rules of an account, or of all: at once, and until somebody resumes them')
    .argument('[account]', 'its name in tetik.yaml; every account without it')
    .option('--reason <text>', 'stands in decisions and messages')
    .option('--json', 'print the result as JSON')
    .action(async (account: string | undefined, { reason, json }: Options) => {
      const { stopFromCommand } = await import('../../service/operations/stop-command.js')
      const { stoppedAsJson, stoppedForPeople } = await import('../views/stop.js')
      const result = await stopFromCommand(account ?? null, reason ?? 'by hand')
      process.stdout.write(json === true ? stoppedAsJson(result) : stoppedForPeople(result))
    })
}

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('Let the rules of an account, or of all, go on')
    .argument('[account]', 'its name in tetik.yaml; every account without it')
    .option('--json', 'print the result as JSON')
    .action(async (account: string | undefined, { json }: Options) => {
      const { resumeFromCommand } = await import('../../service/operations/stop-command.js')
      const { resumedAsJson, resumedForPeople } = await import('../views/stop.js')
      const result = await resumeFromCommand(account ?? null)
      process.stdout.write(json === true ? resumedAsJson(result) : resumedForPeople(result))
      // The account is still held back by the stop of all.
      process.exitCode = result.standing.length > 0 ? 1 : 0
    })
}
