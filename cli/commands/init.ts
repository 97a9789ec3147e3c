/** `tetik init`: starts a project in a folder of its own. */

import type { Command } from 'commander'

interface Options {
  readonly account: string
  readonly id: string
  readonly currency: string
  readonly timezone: string
  readonly json?: true
}

export function addInit(program: Command): void {
  program
    .command('init')
    .description('Start a project in a folder of your own: tetik.yaml, a rule, its test, a CI workflow and .gitignore')
    .argument('[folder]', 'created if it does not exist', '.')
    .option('--account <name>', 'a short name for the ad account', 'moda-tr')
    .option('--id <act_…>', "Meta's id of the ad account", 'act_1234567890')
    .option('--currency <code>', 'its currency', 'TRY')
    .option('--timezone <zone>', 'its time zone', 'Europe/Istanbul')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', "\nThe default account is one of the sandbox's, so that `tetik up` works before you have a token.")
    .action(async (folder: string, options: Options) => {
      const { initProject, repositoryOf } = await import('../starter/init.js')
      const { buildInfo } = await import('../base/version.js')
      const { fileURLToPath } = await import('node:url')
      const path = await import('node:path')
      const built = new URL('../..', import.meta.url)
      const { account, id, currency, timezone } = options
      const { commit } = buildInfo(built)
      const project = await initProject(folder, {
        account,
        id,
        currency,
        timezone,
        repository: await repositoryOf(fileURLToPath(new URL('../', built))),
        commit: commit?.replace(/-dirty$/, '') ?? 'main',
      })
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(project)}\n`)
        return
      }
      const place = path.relative(process.cwd(), project.folder)
      process.stdout.write(
        [
          ...project.written.map((file) => `wrote ${file}`),
          '',
          'Next:',
          ...(place === '' ? [] : [`  cd ${place}`]),
          '  tetik check     # errors and warnings of the rules',
          '  tetik test      # what the rule decides on the numbers of its test',
          '  tetik up        # runs everything, against the sandbox until META_ACCESS_TOKEN is set in .env',
          '(`npm link`, run once in the clone of tetik, makes `tetik` a command in every folder.)',
          '',
        ].join('\n'),
      )
    })
}
