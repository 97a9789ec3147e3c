/** `tetik api`: runs the HTTP API and the panel, as part of `tetik up` or on its own. */

import type { Command } from 'commander'

import { printableLines } from '../../engine/text/printable.js'

export function addApi(program: Command): void {
  program
    .command('api')
    .description('Run the HTTP API and the panel (part of `tetik up`)')
    .action(async () => {
      const [{ runPart }, { loadServiceSettings }, { runApi }, { lastingOutput }] = await Promise.all([
        import('../../service/process/child-process.js'),
        import('../../service/settings/settings.js'),
        import('../../service/api/run-api.js'),
        import('../../service/process/output.js'),
      ])
      const errors = lastingOutput(process.stderr)
      await runPart('api', () => runApi(loadServiceSettings(), (line) => void errors.write(`${printableLines(line)}\n`)))
    })
}
