/** `tetik sandbox`: Meta and WhatsApp on this machine, for trying and testing without an account. */

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
    .description('Run only the sandbox: Meta’s Graph API and WhatsApp on this machine, with an account that moves')
    .option('--port <number>', 'port to listen on; 0 takes a free one (default: TETIK_SANDBOX_PORT, 7071)', wholeNumber)
    .option('--state <file>', 'file that keeps its state, or `memory` (default: .tetik/sandbox.db of the project)')
    .option(
      '--webhook-url <url>',
      'where WhatsApp’s webhooks go (default: TETIK_SANDBOX_WEBHOOK_URL, tetik’s own API)',
      webAddress,
    )
    .option('--seed <number>', 'other numbers, when a new state is made', wholeNumber)
    .addOption(
      new Option(
        '--scene <name>',
        'which accounts there are: `large` adds one of 5,000 ads (default: TETIK_SANDBOX_SCENE, agency)',
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
          // `tetik up` names it among its links.
          if (!process.connected) process.stdout.write(`sandbox at ${sandbox.url}\n`)
          return sandbox
        } catch (error) {
          throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
            ? new Error(`port ${port} is taken: choose another with --port or TETIK_SANDBOX_PORT.`, { cause: error })
            : error
        }
      })
    })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is wanted.')
  return Number(text)
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new InvalidArgumentError('An http or https address is wanted.')
  return text
}
