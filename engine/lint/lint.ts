/** Warns about rules that are valid but harmful. Pure: the current time and the account's data are parameters. */

import type { Settings } from '../account/account.js'
import type { Diagnostic, RelatedPlace } from '../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import type { RuleText } from '../rule/read/load.js'
import { RulePlaces, wholeBlueprint, wholeRule } from '../rule/read/places.js'
import type { Rule } from '../rule/rule.js'
import { type Allowance, readAllowances } from './allow.js'
import { everythingFindings } from './findings/all-entities.js'
import { summerTimeFindings, tooOftenFindings } from './findings/cadence.js'
import { clockFindings } from './findings/clocks.js'
import { comeBackFindings } from './findings/come-back.js'
import { copyFindings } from './findings/copies.js'
import { costFindings } from './findings/costs.js'
import { hourlyFindings } from './findings/hourly.js'
import { earlyFindings } from './findings/late-conversions.js'
import { learningFindings } from './findings/learning.js'
import { nightFindings } from './findings/nights.js'
import { raiseFindings } from './findings/raises.js'
import { reachFindings } from './findings/reach.js'
import { reachabilityFindings } from './findings/reachability.js'
import { refusalFindings } from './findings/refusals.js'
import { relativeFindings } from './findings/relative.js'
import { pairFindings } from './findings/rule-pairs.js'
import { type SelectionData, selectionFindings } from './findings/selection.js'
import { stepFindings } from './findings/steps.js'
import { NEEDS_ALL_RULES, NEEDS_DATA } from './rules/catalogue.js'
import { coveredAccounts } from './rules/covered-accounts.js'
import type { Finding } from './rules/finding.js'
import { readingOf } from './rules/rule-reading.js'

export interface LintInput {
  readonly files: readonly RuleText[]
  /** The rules that `loadRules` read from the files. */
  readonly rules: readonly Rule[]
  readonly settings: Settings | null
  /** Epoch milliseconds; clock changes in the two years after it are reported. */
  readonly now: number
  /**
   * Returns the data of an account, or null if there is none. Called with `null` for a rule whose account the settings do not
   * determine.
   */
  readonly dataOf?: (account: string | null) => SelectionData | null
  /** Whether these are all files of the project: only then is it certain that no other rule meets one of these. */
  readonly complete: boolean
  /** Whether no file has an error: an allowance may be for a rule that could not be read. */
  readonly sound: boolean
}

export interface AllowedWarning extends Diagnostic {
  /** The reason, as written in the file. */
  readonly reason: string
}

export interface LintResult {
  /** Warnings, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[]
  /** Warnings that a `tetik-allow` accepts. */
  readonly allowed: readonly AllowedWarning[]
}

/** Returns the warnings about loaded rules. Never throws for them. */
export function lintRules(input: LintInput): LintResult {
  const places = new RulePlaces(input.files)
  const sources = new Map(input.files.map((file) => [file.path, new SourceFile(file.path, file.text)]))
  const allowances = input.files.flatMap((file) => readAllowances(file, sources.get(file.path)!))
  const allows = new AllowanceList(allowances, places)
  const diagnostics: Diagnostic[] = []
  const allowed: AllowedWarning[] = []
  for (const finding of findingsOf(input, places)) {
    const diagnostic = diagnosticOf(finding, places)
    const allowance = allows.find(finding)
    if (allowance === null) diagnostics.push(diagnostic)
    else allowed.push({ ...diagnostic, reason: allowance.reason })
  }
  for (const allowance of allows.unused()) {
    if (!canTell(allowance, input)) continue
    const message = `this allows nothing: there is no \`${allowance.code}\` here`
    const hint = 'remove it: it would hide the next one'
    sources.get(allowance.file)!.report({ code: 'unused-allow', message, span: allowance.span, hint, severity: 'warning' })
  }
  const ofAllowing = [...sources.values()].flatMap((source) => source.diagnostics)
  return { diagnostics: sortDiagnostics([...diagnostics, ...ofAllowing]), allowed }
}

function findingsOf({ rules, settings, now, dataOf }: LintInput, places: RulePlaces): readonly Finding[] {
  const ofEach = rules.flatMap((rule) => {
    const reading = readingOf(rule, settings)
    return [
      ...reachabilityFindings(rule, settings),
      ...costFindings(reading),
      ...earlyFindings(reading, now),
      ...relativeFindings(reading),
      ...everythingFindings(reading),
      ...hourlyFindings(rule),
      ...reachFindings(rule),
      ...raiseFindings(reading, settings),
      ...refusalFindings(rule, settings),
      ...learningFindings(reading),
      ...copyFindings(rule),
      ...stepFindings(rule, settings, places.says(rule, 'cooldown')),
      ...(rule.cadence.kind !== 'every' || places.says(rule, 'every') ? tooOftenFindings(rule) : []),
      ...summerTimeFindings(rule, settings, now),
      ...clockFindings(rule, settings, now),
      ...selectionFindings(rule, dataFor(rule, settings, dataOf)),
    ]
  })
  const ofPairs = pairFindings(rules, settings, { saysCooldown: (rule) => places.says(rule, 'cooldown') })
  return [...ofEach, ...ofPairs, ...nightFindings(rules, settings), ...comeBackFindings(rules, settings)]
}

/** Returns an empty list if the data of any covered account is missing: the entity may be in that one. */
function dataFor(rule: Rule, settings: Settings | null, dataOf: LintInput['dataOf']): readonly SelectionData[] {
  if (dataOf === undefined) return []
  const accounts = coveredAccounts(rule, settings)
  const data = accounts.length === 0 ? [dataOf(null)] : accounts.map(({ name }) => dataOf(name))
  return data.includes(null) ? [] : (data as SelectionData[])
}

function diagnosticOf({ code, at, message, hint, related }: Finding, places: RulePlaces): Diagnostic {
  const others: RelatedPlace[] = (related ?? []).map(({ rule, path, message }) => ({ ...places.placeOf(rule, path), message }))
  const body = places.blueprintPlaceOf(at.rule, at.path)
  if (body !== null) others.push({ ...body, message: `in the blueprint \`${at.rule.blueprint!.name}\`` })
  return {
    code,
    severity: 'warning',
    message: body === null ? message : `for this use of \`${at.rule.blueprint!.name}\` (${body.file}:${body.line}), ${message}`,
    ...places.placeOf(at.rule, at.path),
    hint,
    ...(others.length === 0 ? {} : { related: others }),
  }
}

/** Whether this run would have found the allowed warning: some need data, others all rules of the project. */
function canTell({ code }: Allowance, { complete, sound, dataOf }: LintInput): boolean {
  if (!sound || (NEEDS_DATA.includes(code) && dataOf === undefined)) return false
  return complete || !NEEDS_ALL_RULES.includes(code)
}

class AllowanceList {
  readonly #used = new Set<Allowance>()
  readonly #byPlace = new Map<string, Allowance>()

  constructor(
    private readonly allowances: readonly Allowance[],
    private readonly places: RulePlaces,
  ) {
    for (const allowance of allowances) {
      const whole = places.firstLines(allowance.file).get(allowance.line)
      const key = placeKey(allowance.code, allowance.file, whole ?? allowance.line)
      if (!this.#byPlace.has(key)) this.#byPlace.set(key, allowance)
    }
  }

  /** A finding about two places may be allowed at either; one about the use of a blueprint, in the blueprint as well. */
  find({ code, at, related = [] }: Finding): Allowance | null {
    for (const { rule, path } of [at, ...related]) {
      const { file, line } = this.places.placeOf(rule, path)
      const keys = [placeKey(code, file, line), placeKey(code, file, wholeRule(rule.id))]
      const body = this.places.blueprintPlaceOf(rule, path)
      if (body !== null) {
        keys.push(placeKey(code, body.file, body.line), placeKey(code, body.file, wholeBlueprint(rule.blueprint!.name)))
      }
      const found = keys.map((key) => this.#byPlace.get(key)).find((allowance) => allowance !== undefined)
      if (found === undefined) continue
      this.#used.add(found)
      return found
    }
    return null
  }

  unused(): readonly Allowance[] {
    return this.allowances.filter((allowance) => !this.#used.has(allowance))
  }
}

const placeKey = (code: string, file: string, where: number | string): string => `${code} ${file} ${where}`
