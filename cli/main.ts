/** The `tetik` command. It only finds the sub-command: each has a file in `commands/`, which loads what it needs when it runs. */

import { Command } from 'commander'

import { watchOutput } from '../service/process/output.js'
import { fault } from './base/stderr-lines.js'
import { buildInfo, versionText } from './base/version.js'
import { addCommands } from './commands.js'

const program = new Command('tetik')
  .description('Ads automation as code: rules in YAML, evaluated on metrics and carried out durably')
  .version(versionText(buildInfo(new URL('../', import.meta.url))), '-V, --version', 'print the version and the commit')
  .showHelpAfterError('(run with --help for usage)')
  .showSuggestionAfterError()
  // 0 success, 1 the answer is no, 2 wrong usage or an error.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

addCommands(program)

watchOutput()

try {
  await program.parseAsync()
} catch (error) {
  fault(error)
  process.exitCode = 2
}
