/** `tetik explain`: shows why a rule fired or did not. */

import type { Command } from 'commander'

import type { Explanation } from '../data/explanation.js'

interface ExplainOptions {
  readonly entity?: string
  readonly at?: string
  readonly account?: string
  readonly data?: string
  readonly rules?: string
  readonly currency?: string
  readonly timezone?: string
  readonly result?: string
  readonly json?: true
}

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('Show why a rule fired or did not, line by line, with the numbers behind each line')
    .argument('<decision|rule>', 'a decision’s id or its beginning; or a rule’s id, with --entity')
    .option('--entity <id|name>', 'the campaign, ad set or ad to explain the rule for')
    .option('--at <time>', 'the time of the evaluation, in the account’s time zone: "2026-03-10 14:00" (default: now)')
    .option('--account <name>', 'the account, if the rule applies to several; with --data: the account the export is from')
    .option('--data <csv>', 'an Ads Manager export, instead of the database')
    .option('--rules <path>', 'with --data: the rule files (default: rules/ of the project)')
    .option('--currency <code>', 'with --data: the file’s currency, if the file does not name it')
    .option('--timezone <name>', 'with --data: the account’s time zone, if tetik.yaml does not have it')
    .option('--result <metric>', 'with --data: the metric that counts as results, if the file does not name it')
    .option('--json', 'print the explanation as JSON')
    .action(async (what: string, options: ExplainOptions) => {
      const [{ explainAsJson, explainForPeople }, { default: pc }] = await Promise.all([
        import('../views/explain.js'),
        import('picocolors'),
      ])
      const explanation = options.data === undefined ? await inStore(what, options) : await onData(what, options, options.data)
      if (explanation === null) {
        process.exitCode = 2
        return
      }
      process.stdout.write(
        options.json ? explainAsJson(explanation) : explainForPeople(explanation, { colour: pc.isColorSupported }),
      )
    })
}

async function inStore(what: string, { entity, at, account }: ExplainOptions): Promise<Explanation> {
  const { explainInStore } = await import('../stored/explain-in-store.js')
  return explainInStore({ what, entity, at, account, now: Date.now() }, process.cwd())
}

/** Returns null if the rules or the file have errors, which are then printed. */
async function onData(rule: string, options: ExplainOptions, path: string): Promise<Explanation | null> {
  const { at } = options
  if (at === undefined) throw new Error('--data needs --at, the time of the evaluation')
  const [{ explainOnData }, { readData }, { readRuleSets }, { renderDiagnostics }, { default: pc }] = await Promise.all([
    import('../data/explain-on-data.js'),
    import('../data/read-data.js'),
    import('../base/rule-sets.js'),
    import('../../engine/diagnostic/render.js'),
    import('picocolors'),
  ])
  const sets = await readRuleSets(options.rules === undefined ? [] : [options.rules], process.cwd())
  const data = { path, text: await readData(path) }
  const { explanation, diagnostics } = await explainOnData(sets, data, { ...options, rule, entity: options.entity, at })
  if (diagnostics.length > 0) {
    const files = [...sets.sets.flatMap(({ settings, files }) => [...(settings ? [settings] : []), ...files]), data]
    const texts = new Map(files.map((file) => [file.path, file.text]))
    process.stderr.write(
      `${renderDiagnostics(diagnostics, { textOf: (file) => texts.get(file), colour: pc.isColorSupported })}\n`,
    )
  }
  return explanation
}
