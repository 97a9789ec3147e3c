/** `tetik undo`: restores what a decision changed at Meta. */

import type { Command } from 'commander'

interface Options {
  readonly yes?: true
  readonly json?: true
}

export function addUndo(program: Command): void {
  program
    .command('undo')
    .description('Show what undoing a decision would restore at Meta; with --yes, restore it')
    .argument('<decision>', 'its id, as the panel and `tetik explain` show it')
    .option('--yes', 'restore it, unless someone has changed it since')
    .option('--json', 'print the result as JSON')
    .action(async (decision: string, { yes, json }: Options) => {
      const { undoFromCommand } = await import('../../service/operations/undo-command.js')
      const { undoAsJson, undoForPeople } = await import('../views/undo.js')
      const result = await undoFromCommand(decision, yes === true)
      process.stdout.write(json === true ? undoAsJson(result) : undoForPeople(result))
      process.exitCode = result.items.some(({ because }) => because !== null) ? 1 : 0
    })
}
