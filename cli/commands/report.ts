/** `tetik report`: prints an account's report of yesterday or last week, as its owner reads it on WhatsApp. */

import { type Command, Option } from 'commander'

import type { ShownReport } from '../stored/report.js'

interface ReportOptions {
  readonly weekly?: true
  readonly at?: string
  readonly language?: 'tr' | 'en'
  readonly send?: true
  readonly to?: string
  readonly data?: string
  readonly currency?: string
  readonly timezone?: string
  readonly result?: string
  readonly json?: true
}

export function addReport(program: Command): void {
  program
    .command('report')
    .description('Print an account’s report for yesterday or last week; with --send, also send it on WhatsApp')
    .argument('<account>', 'its name in tetik.yaml')
    .option('--weekly', 'report on last week, Monday to Sunday, instead of yesterday')
    .option('--at <time>', 'as of this time, in the account’s time zone: "2026-03-10 09:00" (default: now)')
    .addOption(new Option('--language <tr|en>', 'instead of the recipient’s language').choices(['tr', 'en']))
    .option('--send', 'also send it, like a rule’s message: exactly once, and not in quiet hours')
    .option('--to <recipient>', 'with --send: a recipient in tetik.yaml with `read` permission (default: the account’s owner)')
    .option('--data <csv>', 'an Ads Manager export, instead of the database')
    .option('--currency <code>', 'with --data: the file’s currency, if the file does not name it')
    .option('--timezone <name>', 'with --data: the account’s time zone, if tetik.yaml does not have it')
    .option('--result <metric>', 'with --data: the metric that counts as results, if the file does not name it')
    .option('--json', 'print the report as JSON, with its text')
    .action(async (account: string, options: ReportOptions, command: Command) => {
      const { send, to, data, language } = options
      if (to !== undefined && send === undefined) command.error('error: --to needs --send')
      if (send !== undefined && data !== undefined)
        command.error('error: --send cannot be used with --data: a report made from a file is not sent')
      if (send !== undefined && language !== undefined)
        command.error('error: --language cannot be used with --send: the report is sent in the recipient’s language')
      const shown = data === undefined ? await inStore(account, options) : await onData(account, options, data)
      if (shown === null) {
        process.exitCode = 2
        return
      }
      const { reportAsJson, reportForPeople } = await import('../views/report.js')
      process.stdout.write(options.json === true ? reportAsJson(shown) : reportForPeople(shown))
    })
}

const questionOf = (account: string, { weekly, at, language }: ReportOptions) => ({
  account,
  period: weekly === true ? ('weekly' as const) : ('daily' as const),
  at,
  language,
  now: Date.now(),
})

async function inStore(account: string, options: ReportOptions): Promise<ShownReport> {
  const { reportFromStore } = await import('../stored/report.js')
  const send = options.send === undefined ? undefined : { to: options.to ?? null }
  return reportFromStore(questionOf(account, options), send)
}

/** Returns null if the file has errors, which are then printed. */
async function onData(account: string, options: ReportOptions, path: string): Promise<ShownReport | null> {
  const { at, currency, timezone, result } = options
  if (at === undefined) throw new Error('--data needs --at, the time of the report')
  const [{ reportOnData }, { readData }, { renderDiagnostics }, { default: pc }] = await Promise.all([
    import('../stored/report.js'),
    import('../data/read-data.js'),
    import('../../engine/diagnostic/render.js'),
    import('picocolors'),
  ])
  const data = { path, text: await readData(path) }
  const question = { ...questionOf(account, options), at, currency, timezone, result }
  const { shown, diagnostics } = await reportOnData(question, data)
  if (diagnostics.length > 0) {
    const textOf = (file: string): string | undefined => (file === path ? data.text : undefined)
    process.stderr.write(`${renderDiagnostics(diagnostics, { textOf, colour: pc.isColorSupported })}\n`)
  }
  return shown
}
