/** `tetik up`: runs everything and keeps it running until it is stopped. */

import type { Command } from 'commander'

export function addUp(program: Command): void {
  program
    .command('up')
    .description('Run everything: Temporal, the worker, the API and panel, and the sandbox while no META_ACCESS_TOKEN is set')
    .option('--json', 'print one JSON object per line instead of text')
    .action(async (options: { json?: true }) => {
      const [{ runUp }, { lastingOutput }, { humanUpView, jsonUpView }] = await Promise.all([
        import('../../service/up.js'),
        import('../../service/process/output.js'),
        import('../views/up.js'),
      ])
      const output = lastingOutput(process.stdout, (lost, code) => view({ kind: 'output-back', lost, code }))
      const view = options.json === true ? jsonUpView(output) : humanUpView(output)
      process.exit(await runUp({ script: process.argv[1] ?? '', tell: view }))
    })
}
