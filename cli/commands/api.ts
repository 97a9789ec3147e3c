/** `tetik api`: the HTTP API and the panel, as a part of `tetik up` or apart from it. */

import type { Command } from 'commander'

export function addApi(program: Command): void {
  program
    .command('api')
    .description('Run the HTTP API and the panel (a part of `tetik up`)')
    .action(async () => {
      const [{ runPart }, { loadServiceSettings }, { runApi }] = await Promise.all([
        import('../../service/part.js'),
        import('../../service/settings.js'),
        import('../../service/api/run-api.js'),
      ])
      await runPart('api', () => runApi(loadServiceSettings(), (line) => process.stderr.write(`${line}\n`)))
    })
}
