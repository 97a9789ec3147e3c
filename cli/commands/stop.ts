/** `tetik stop` and `tetik resume`: the stop switch. It writes to the database directly, so it works even if tetik is not running. */

import type { Command } from 'commander'

interface Options {
  readonly reason?: string
  readonly json?: true
}

export function addStop(program: Command): void {
  program
    .command('stop')
    .description('Stop the rules of one account or all accounts immediately, until someone resumes them')
    .argument('[account]', 'its name in tetik.yaml (default: all accounts)')
    .option('--reason <text>', 'shown in decisions and messages')
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
    .description('Resume the rules of one account or all accounts')
    .argument('[account]', 'its name in tetik.yaml (default: all accounts)')
    .option('--json', 'print the result as JSON')
    .action(async (account: string | undefined, { json }: Options) => {
      const { resumeFromCommand } = await import('../../service/operations/stop-command.js')
      const { resumedAsJson, resumedForPeople } = await import('../views/stop.js')
      const result = await resumeFromCommand(account ?? null)
      process.stdout.write(json === true ? resumedAsJson(result) : resumedForPeople(result))
      // The account is still stopped, because all accounts are.
      process.exitCode = result.standing.length > 0 ? 1 : 0
    })
}
