/** The `tetik` command: finds the sub-command and nothing else. Each one stands in `commands/` and loads what it needs when it runs. */

import { Command } from 'commander'

import { addCommands } from './commands.js'

const program = new Command('tetik')
  .description('Ads automation as code: rules in YAML, evaluated on metrics and carried out durably')
  .showHelpAfterError('(run with --help for usage)')
  .showSuggestionAfterError()
  // 0 done, 1 the answer is no, 2 used wrongly or broken.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

addCommands(program)

// Whoever reads us may stop early (`| head`): the rest is written to nobody, and the exit status stays what it is.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`tetik: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
