/** The work of `tetik report`: makes an account's report from the database or from a file. */

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'

import { loadReport } from '../../activities/facts/load-report.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { DEFAULT_SETTINGS, loadSettings } from '../../engine/account/load.js'
import { readerOf } from '../../engine/account/reader.js'
import { accountGroups, accountValues } from '../../engine/account/vocabulary.js'
import { parseTime } from '../../engine/clock/written-time.js'
import { isZone } from '../../engine/clock/zone.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { didYouMean } from '../../engine/diagnostic/nearest.js'
import { factsOf } from '../../engine/facts/facts-of-dataset.js'
import { resultMeasure } from '../../engine/metric/result.js'
import { type ExportText, openExport } from '../../engine/read-export/open-export.js'
import { readExport } from '../../engine/read-export/read-export.js'
import { makeReport } from '../../engine/report/make-report.js'
import type { Report } from '../../engine/report/report.js'
import type { Language } from '../../engine/text/value-text.js'
import { isCurrency } from '../../engine/value/currency.js'
import type { ReportPeriod } from '../../engine/value/period.js'
import { inlineForecasts } from '../../service/forecast/inline-forecasts.js'
import { openProjectStore } from '../../service/operations/project-store.js'
import { readerFor, sendReport } from '../../service/operations/send-report.js'
import { withTemporal } from '../../service/operations/stop-command.js'
import { readProjectFiles } from '../../service/rules/project-files.js'
import { loadServiceSettings, type ServiceSettings } from '../../service/settings/settings.js'
import { estimatesOn } from '../data/estimates-on-data.js'

export interface ReportQuestion {
  /** An account's name in `tetik.yaml`; with a file, any name. */
  readonly account: string
  readonly period: ReportPeriod
  /** In the account's time zone; now, if undefined. */
  readonly at: string | undefined
  /** The recipient's language, if undefined. */
  readonly language: Language | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

export interface ShownReport {
  readonly report: Report
  readonly language: Language
  /** Null if nothing was sent. */
  readonly sent: { readonly id: string; readonly recipient: string } | null
}

/** The report cannot be made; `message` says what to do. */
class ReportError extends Error {
  override readonly name = 'ReportError'
}

/**
 * @param send the recipient to also send it to, null for the account's owner; undefined sends nothing
 * @throws ReportError, ReaderError, StoreError, SettingsError
 */
export async function reportFromStore(
  question: ReportQuestion,
  send?: { readonly to: string | null },
  service: ServiceSettings = loadServiceSettings(),
): Promise<ShownReport> {
  // Opening would create the database; a read-only command should not.
  if (!/^[a-z]+:/.test(service.storeUrl) && !existsSync(service.storeUrl))
    throw new ReportError('there is no database yet: start `tetik up` to create it, or give a file with --data')
  const settings = await settingsIn(service.folder)
  const account = accountIn(settings, question.account)
  const reader = send === undefined ? readerOf(settings.recipients, account.name) : readerFor(settings, account.name, send.to)
  const at = momentOf(question, account.timezone)
  const store = await openProjectStore(service)
  try {
    const make = await loadReport(store, account, { period: question.period, at, knownAt: Math.min(at, question.now) })
    const report = make(inlineForecasts())
    const shown = { report, language: question.language ?? reader?.language ?? 'en' }
    if (send === undefined || reader === null) return { ...shown, sent: null }
    const id = `${account.name}-report-${randomUUID()}`
    await sendReport({ store, now: Date.now, temporal: (work) => withTemporal(service, store, work) }, id, report, reader)
    return { ...shown, sent: { id, recipient: reader.name } }
  } finally {
    await store.close()
  }
}

export interface FileQuestion extends ReportQuestion {
  readonly at: string
  readonly currency: string | undefined
  readonly timezone: string | undefined
  readonly result: string | undefined
}

/**
 * Makes a report from a file. `shown` is null if the diagnostics contain an error.
 *
 * @throws ReportError
 */
export async function reportOnData(
  question: FileQuestion,
  data: ExportText,
): Promise<{ readonly shown: ShownReport | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { currency: given, timezone: zone, result: counted } = question
  if (given !== undefined && !isCurrency(given)) throw new ReportError(`--currency ${given} is not a currency that Meta uses`)
  if (zone !== undefined && !isZone(zone))
    throw new ReportError(`--timezone ${zone} is not a known time zone; use a name such as Europe/Istanbul`)
  const result = counted === undefined ? null : resultMeasure(counted)
  if (counted !== undefined && result === null) throw new ReportError(`--result ${counted} is not a metric that counts results`)

  const { opened, diagnostics } = openExport(data)
  if (opened === null || diagnostics.some(isError)) return { shown: null, diagnostics }
  if (given !== undefined && opened.currency !== null && opened.currency !== given)
    throw new ReportError(`--currency ${given} contradicts ${data.path}, which is in ${opened.currency}`)
  const settings = await settingsIn(loadServiceSettings().folder)
  const named = settings.accounts.find(({ name }) => name === question.account) ?? null
  const currency = given ?? opened.currency ?? named?.currency ?? null
  const { dataset, diagnostics: ofRows } = readExport(opened, { currency, needed: null, result })
  const all = [...diagnostics, ...ofRows]
  if (dataset === null) return { shown: null, diagnostics: all }

  const account = named !== null && named.currency === currency ? named : null
  const of = {
    name: question.account,
    id: account?.id ?? null,
    currency,
    timezone: zone ?? named?.timezone ?? 'UTC',
    result: result ?? (account === null ? null : resultMeasure(account.result)) ?? 'purchases',
    gross: account?.gross ?? null,
    values: account === null ? {} : accountValues(account),
    groups: account === null ? [] : accountGroups(account),
  }
  const at = momentOf(question, of.timezone)
  // Rows of a file do not become stale, so the pace makes no difference.
  const options = { account: of, at, pace: 0 }
  const facts = factsOf(dataset, { ...options, estimates: estimatesOn(factsOf(dataset, options)) })
  const report = makeReport({ period: question.period, facts, activity: null, data: { kind: 'file' } })
  const language = question.language ?? readerOf(settings.recipients, question.account)?.language ?? 'en'
  return { shown: { report, language, sent: null }, diagnostics: all }
}

async function settingsIn(folder: string): Promise<Settings> {
  const { settings } = await readProjectFiles(folder)
  return settings === null ? DEFAULT_SETTINGS : (loadSettings(settings.path, settings.text).settings ?? DEFAULT_SETTINGS)
}

function accountIn({ accounts }: Settings, name: string): Account {
  const account = accounts.find((one) => one.name === name)
  if (account !== undefined) return account
  const names = accounts.map((one) => one.name)
  const hint = didYouMean(name, names) ?? (names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`)
  throw new ReportError(`tetik.yaml has no account ${name}: ${hint}`)
}

function momentOf({ at, now }: ReportQuestion, timezone: string): number {
  const moment = at === undefined ? now : parseTime(at, timezone)
  if (moment !== null) return moment
  throw new ReportError(`--at ${at!} is not a time; write it as "2026-03-10 14:00", or with an offset`)
}
