/** `tetik explain`: why a rule fired, or did not. */

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
    .description('Say why a rule fired or did not: line by line, with the numbers behind each')
    .argument('<decision|rule>', 'a decision’s id or the beginning of one; or a rule’s id, with --entity')
    .option('--entity <id|name>', 'what the rule is asked about')
    .option('--at <time>', 'the moment to judge, on the account’s clock: "2026-03-10 14:00" (default: now)')
    .option('--account <name>', 'the account, where the rule is about several; with --data: whose export it is')
    .option('--data <csv>', 'an export of Ads Manager, in place of the store')
    .option('--rules <path>', 'with --data: the rule files (default: rules/ of the project)')
    .option('--currency <code>', 'with --data: the file’s currency, where it does not say it')
    .option('--timezone <name>', 'with --data: the account’s time zone, where tetik.yaml does not say it')
    .option('--result <metric>', 'with --data: what results are, where the file does not say it')
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

/** Null where the rules or the file have errors, which are then told. */
async function onData(rule: string, options: ExplainOptions, path: string): Promise<Explanation | null> {
  const { at } = options
  if (at === undefined) throw new Error('with --data, say with --at which moment is judged')
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
