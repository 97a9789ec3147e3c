/** `tetik temporal`: runs a Temporal server with its state on disk, as part of `tetik up`. */

import type { Command } from 'commander'

export function addTemporal(program: Command): void {
  program
    .command('temporal')
    .description('Run a Temporal server with its state in .tetik/ (part of `tetik up`)')
    .action(async () => {
      const [{ runPart }, { loadServiceSettings }, { startTemporalServer }, { closeState }, path] = await Promise.all([
        import('../../service/process/child-process.js'),
        import('../../service/settings/settings.js'),
        import('../../service/temporal/temporal-server.js'),
        import('../../service/settings/private-state.js'),
        import('node:path'),
      ])
      await runPart('temporal', async () => {
        const settings = loadServiceSettings()
        closeState(settings.stateFolder)
        const server = await startTemporalServer({
          port: settings.temporal.port,
          uiPort: settings.temporal.uiPort,
          namespace: settings.temporal.namespace,
          databaseFile: path.join(settings.stateFolder, 'temporal.db'),
          onOutput: (text) => process.stderr.write(text),
        })
        const ended = server.exited.then(
          ({ code, signal }) => new Error(`Temporal’s server ended (${signal === null ? `status ${String(code)}` : signal})`),
        )
        return { pid: server.pid, stop: () => server.stop(), ended }
      })
    })
}
