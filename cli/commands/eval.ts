/** `tetik eval`: evaluates rules on the rows of a file, at one moment. */

import type { Command } from 'commander'

import { note } from '../base/stderr-lines.js'

interface EvalOptions {
  readonly data: string
  readonly at: string
  readonly account?: string
  readonly currency?: string
  readonly timezone?: string
  readonly result?: string
  readonly json?: true
}

export function addEval(program: Command): void {
  program
    .command('eval')
    .description('Evaluate rules on an Ads Manager export, without any server')
    .argument('<rules>', 'a rule file or a folder of rule files')
    .requiredOption('--data <csv>', 'daily rows: an Ads Manager export, or a CSV with the Insights API’s field names')
    .requiredOption('--at <time>', 'the time of the evaluation, in the account’s time zone: "2026-03-10 14:00"')
    .option('--account <name>', 'the account in tetik.yaml that the export is from; rules of other accounts are skipped')
    .option('--currency <code>', 'the file’s currency, if the file does not name it')
    .option('--timezone <name>', 'the account’s time zone, if tetik.yaml does not have it')
    .option('--result <metric>', 'the metric that counts as results, if the file does not name it: purchases, leads, …')
    .option('--json', 'print the decisions as JSON')
    .action(async (rules: string, options: EvalOptions) => {
      const [
        { evaluateData },
        { readData },
        { readRuleSets },
        { evalAsJson, evalForPeople },
        { renderDiagnostics },
        { default: pc },
      ] = await Promise.all([
        import('../data/evaluate-data.js'),
        import('../data/read-data.js'),
        import('../base/rule-sets.js'),
        import('../views/eval.js'),
        import('../../engine/diagnostic/render.js'),
        import('picocolors'),
      ])
      const sets = await readRuleSets([rules], process.cwd())
      const text = await readData(options.data)
      const { evaluated, diagnostics, notes } = await evaluateData(sets, { path: options.data, text }, options)
      if (diagnostics.length > 0) {
        const texts = new Map(
          sets.sets
            .flatMap(({ settings, files }) => [...(settings ? [settings] : []), ...files])
            .map((file) => [file.path, file.text]),
        )
        texts.set(options.data, text)
        process.stderr.write(
          `${renderDiagnostics(diagnostics, { textOf: (file) => texts.get(file), colour: pc.isColorSupported })}\n`,
        )
      }
      for (const text of notes) note(text)
      if (evaluated === null) {
        process.exitCode = 2
        return
      }
      process.stdout.write(options.json ? evalAsJson(evaluated) : evalForPeople(evaluated, { colour: pc.isColorSupported }))
    })
}
