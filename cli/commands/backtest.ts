/** `tetik backtest`: evaluates rules on past days. */

import type { Command } from 'commander'

import type { NamedText, RuleSets } from '../base/rule-sets.js'
import { note } from '../base/stderr-lines.js'
import type { ComparedFirings } from '../data/compare-firings.js'
import type { BacktestReport, BacktestRun } from '../data/run-backtest.js'

interface BacktestCommandOptions {
  readonly data?: string
  readonly account?: string
  readonly from?: string
  readonly to?: string
  readonly currency?: string
  readonly timezone?: string
  readonly result?: string
  readonly compare?: string
  readonly html?: string
  readonly forecast?: true
  readonly json?: true
}

export function addBacktest(program: Command): void {
  program
    .command('backtest')
    .description('Evaluate rules on past days, each at its end and on the data known then')
    .argument('<rules>', 'a rule file or a folder of rule files')
    .option('--data <csv>', 'daily rows: an Ads Manager export, or a CSV with the Insights API’s field names')
    .option('--account <name>', 'an account in tetik.yaml: read from the database; with --data: the account the export is from')
    .option('--from <day>', 'first day, such as 2026-01-01 (default: the first day with data)')
    .option('--to <day>', 'last day (default: the last day with data)')
    .option('--currency <code>', 'with --data: the file’s currency, if the file does not name it')
    .option('--timezone <name>', 'with --data: the account’s time zone, if tetik.yaml does not have it')
    .option('--result <metric>', 'with --data: the metric that counts as results, if the file does not name it')
    .option('--compare <revision>', 'compare with the firings of the rules at a git revision')
    .option('--html <file>', 'write an HTML page with plots')
    .option('--forecast', 'show no firings, but past forecasts of the account’s next seven days against the actual values')
    .option('--json', 'print the firings as JSON')
    .addHelpText('after', '\nCtrl-C stops early: the days evaluated by then are shown, marked as partial, with exit status 1.')
    .action(async (rules: string, options: BacktestCommandOptions) => {
      if (options.data === undefined && options.account === undefined)
        throw new Error('give --data for a file, or --account alone for the data in the database')
      const [{ readRuleSets }, { runBacktest }, views, { default: pc }] = await Promise.all([
        import('../base/rule-sets.js'),
        import('../data/run-backtest.js'),
        import('../views/backtest.js'),
        import('picocolors'),
      ])
      const folder = process.cwd()
      const before = options.compare === undefined ? null : await rulesBefore(options.compare, rules, folder)
      const { stop, progress } = await watched(before === null ? 1 : 2)
      const opened = await openNumbers(options, folder)
      try {
        const now = await opened.runs(await readRuleSets([rules], folder))
        const then = before === null ? null : await opened.runs(before)
        if (now === null || (before !== null && then === null)) {
          process.exitCode = 2
          return
        }
        if (options.forecast === true) {
          await showForecasts(now, options)
          return
        }
        const report = await runBacktest(now, options, progress(0))
        const past =
          then === null
            ? null
            : then.length === 0
              ? { ...report, firings: [], summary: [] }
              : await runBacktest(then, options, progress(1))
        stop()
        const compared = past === null ? null : await comparison(options.compare!, past, report)
        if (past !== null && compared === null)
          note(`Stopped before the rules at ${options.compare} were evaluated: nothing is compared.`)
        else if (compared !== null && past?.partial === true && !report.partial)
          note(`Stopped while the rules at ${options.compare} were evaluated: compared only up to ${compared.to}.`)
        for (const text of report.notes) note(text)
        if (options.html !== undefined) await writePage(options.html, report, compared)
        if (options.json) for (const piece of views.backtestAsJson(report, compared)) process.stdout.write(piece)
        else {
          const view = { colour: pc.isColorSupported, width: process.stdout.columns ?? 80 }
          process.stdout.write(views.backtestForPeople(report, compared, view))
        }
        if (report.partial || past?.partial === true) process.exitCode = 1
      } finally {
        stop()
        await opened.close()
      }
    })
}

async function showForecasts(runs: readonly BacktestRun[], options: BacktestCommandOptions): Promise<void> {
  const [{ daysOf }, { pastForecasts }, views, { default: pc }] = await Promise.all([
    import('../data/run-backtest.js'),
    import('../data/backtest-forecasts.js'),
    import('../views/past-forecasts.js'),
    import('picocolors'),
  ])
  const notes: string[] = []
  const past = await pastForecasts(runs, daysOf(runs, options, notes))
  for (const text of [...notes, ...past.notes]) note(text)
  process.stdout.write(options.json ? views.pastForecastsAsJson(past) : views.pastForecastsForPeople(past, pc.isColorSupported))
  if (past.forecasts.length === 0) process.exitCode = 1
}

async function rulesBefore(revision: string, path: string, folder: string): Promise<RuleSets> {
  const { rulesAtRevision } = await import('../base/rules-at-revision.js')
  return rulesAtRevision(revision, path, folder)
}

/** Data for backtests; `runs` returns null if the rules or the data have errors, which are then printed. */
interface Numbers {
  runs(sets: RuleSets): Promise<readonly BacktestRun[] | null>
  close(): Promise<void>
}

async function openNumbers(options: BacktestCommandOptions, folder: string): Promise<Numbers> {
  if (options.data === undefined) {
    const { openStoredNumbers } = await import('../stored/backtest-store.js')
    const stored = await openStoredNumbers(options.account!, folder, Date.now())
    return {
      runs: async (sets) => {
        const { runs, diagnostics } = await stored.runs(sets)
        await printDiagnostics(diagnostics, sets, null)
        return runs
      },
      close: () => stored.close(),
    }
  }
  const [{ readData }, { runsOnData }] = await Promise.all([import('../data/read-data.js'), import('../data/backtest-data.js')])
  const data = { path: options.data, text: await readData(options.data) }
  const printed = new Set<string>()
  return {
    runs: async (sets) => {
      const { runs, diagnostics, notes } = runsOnData(sets, data, options)
      await printDiagnostics(diagnostics, sets, data)
      for (const text of notes.filter((each) => !printed.has(each))) note(text)
      for (const note of notes) printed.add(note)
      return runs
    },
    close: () => Promise.resolve(),
  }
}

type Diagnostics = Parameters<typeof import('../../engine/diagnostic/render.js').renderDiagnostics>[0]

async function printDiagnostics(diagnostics: Diagnostics, sets: RuleSets, data: NamedText | null): Promise<void> {
  if (diagnostics.length === 0) return
  const [{ renderDiagnostics }, { default: pc }] = await Promise.all([
    import('../../engine/diagnostic/render.js'),
    import('picocolors'),
  ])
  const files = sets.sets.flatMap(({ settings, files }) => [...(settings ? [settings] : []), ...files])
  const texts = new Map([...files, ...(data === null ? [] : [data])].map((file) => [file.path, file.text]))
  process.stderr.write(`${renderDiagnostics(diagnostics, { textOf: (file) => texts.get(file), colour: pc.isColorSupported })}\n`)
}

/** Shows progress on a terminal. Ctrl-C stops early; a second one ends the process. */
async function watched(parts: number) {
  const { progressBar } = await import('../views/progress-bar.js')
  const bar = progressBar(process.stderr)
  let stopped = false
  const onSignal = (): void => {
    stopped = true
  }
  process.once('SIGINT', onSignal)
  return {
    progress: (part: number) => ({
      onDay: (done: number, all: number) => bar.show((part + done / all) / parts, `${done} of ${all} days`),
      isStopped: () => stopped,
    }),
    stop: () => {
      process.removeListener('SIGINT', onSignal)
      bar.clear()
    },
  }
}

async function comparison(revision: string, before: BacktestReport, after: BacktestReport): Promise<ComparedFirings | null> {
  const { compareFirings } = await import('../data/compare-firings.js')
  return compareFirings(revision, before, after)
}

async function writePage(file: string, report: BacktestReport, compared: ComparedFirings | null): Promise<void> {
  const [{ writeFile }, { backtestAsHtml }] = await Promise.all([import('node:fs/promises'), import('../views/backtest-html.js')])
  await writeFile(file, backtestAsHtml(report, compared))
  note(`Wrote ${file}.`)
}
