/** `tetik sandbox`: runs Meta's and WhatsApp's APIs on this machine, for trying and testing without an account. */

import { join } from 'node:path'

import { type Command, InvalidArgumentError, Option } from 'commander'

import { printable } from '../../engine/text/printable.js'
import type { SandboxScene } from '../../service/settings/settings.js'

interface Options {
  readonly port?: number
  readonly state?: string
  readonly webhookUrl?: string
  readonly seed?: number
  readonly scene?: SandboxScene
}

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description('Run only the sandbox: Meta’s Graph API and WhatsApp on this machine, with live demo accounts')
    .option('--port <number>', 'port to listen on; 0 chooses a free one (default: TETIK_SANDBOX_PORT, else 7071)', wholeNumber)
    .option('--state <file>', 'file for its state, or `memory` (default: the project’s .tetik/sandbox.db)')
    .option(
      '--webhook-url <url>',
      'where WhatsApp webhooks are sent (default: TETIK_SANDBOX_WEBHOOK_URL, else tetik’s own API)',
      webAddress,
    )
    .option('--seed <number>', 'seed for the numbers of a new state', wholeNumber)
    .addOption(
      new Option(
        '--scene <name>',
        'which accounts exist: `large` adds one with 5,000 ads (default: TETIK_SANDBOX_SCENE, else agency)',
      ).choices(['agency', 'large'] satisfies SandboxScene[]),
    )
    .action(async (options: Options) => {
      const [{ runPart }, { loadServiceSettings }, { startSandbox }, { closeState }] = await Promise.all([
        import('../../service/process/child-process.js'),
        import('../../service/settings/settings.js'),
        import('../../sandbox/server.js'),
        import('../../service/settings/private-state.js'),
      ])
      await runPart('sandbox', async () => {
        const settings = loadServiceSettings()
        closeState(settings.stateFolder)
        const stateFile = options.state ?? join(settings.stateFolder, 'sandbox.db')
        const port = options.port ?? settings.sandbox.port
        const log = (line: string): void => void process.stderr.write(`${printable(line)}\n`)
        try {
          const sandbox = await startSandbox({
            port,
            stateFile: stateFile === 'memory' ? null : stateFile,
            webhookUrl: options.webhookUrl ?? settings.sandbox.webhookUrl,
            scene: options.scene ?? settings.sandbox.scene,
            ...(options.seed === undefined ? {} : { seed: options.seed }),
            log,
          })
          // Under `tetik up`, the link is printed there.
          if (!process.connected) process.stdout.write(`sandbox at ${sandbox.url}\n`)
          return sandbox
        } catch (error) {
          throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
            ? new Error(`port ${port} is already in use: choose another with --port or TETIK_SANDBOX_PORT.`, { cause: error })
            : error
        }
      })
    })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new InvalidArgumentError('Must be an http or https URL.')
  return text
}
