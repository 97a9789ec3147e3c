/** `tetik check`: every fault of the rule files and of `tetik.yaml`, at once. */

import type { Command } from 'commander'

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Check rules and tetik.yaml, and show every fault with its place')
    .argument('[path...]', 'rule files or folders (default: rules/ and tetik.yaml of the project)')
    .option('--strict', 'let warnings fail, too')
    .option('--json', 'print the result as JSON')
    .action(async (paths: string[], options: { json?: true; strict?: true }) => {
      const [{ checkRuleSets }, { readRuleSets }, { checkAsJson, checkForPeople }, { default: pc }] = await Promise.all([
        import('../check-rules.js'),
        import('../rule-sets.js'),
        import('../views/check.js'),
        import('picocolors'),
      ])
      const read = await readRuleSets(paths, process.cwd())
      const result = checkRuleSets(read, options.strict === true)
      const texts = new Map(
        read.sets
          .flatMap(({ settings, files }) => [...(settings ? [settings] : []), ...files])
          .map(({ path, text }) => [path, text]),
      )
      const view = options.json ? checkAsJson : checkForPeople({ textOf: (file) => texts.get(file), colour: pc.isColorSupported })
      process.stdout.write(view(result))
      process.exitCode = result.ok ? 0 : 1
    })
}
