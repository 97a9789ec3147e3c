/** `tetik worker`: evaluates rules and makes their changes, as part of `tetik up` or on its own. */

import type { Command } from 'commander'

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('Run the worker: evaluates rules and carries out what they decide (part of `tetik up`)')
    .action(async () => {
      const [{ runPart }, { loadServiceSettings }, { startWorker }, { lastingOutput }, { workerView }] = await Promise.all([
        import('../../service/process/child-process.js'),
        import('../../service/settings/settings.js'),
        import('../../service/worker/worker.js'),
        import('../../service/process/output.js'),
        import('../views/worker.js'),
      ])
      // `tetik up` adds the time to each line itself.
      const reports = workerView(lastingOutput(process.stdout), lastingOutput(process.stderr), { clock: !process.connected })
      await runPart('worker', () => startWorker(loadServiceSettings(), reports))
    })
}
