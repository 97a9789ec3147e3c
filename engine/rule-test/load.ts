/** Reads files of rule tests: returns tests that can run, or everything that is wrong with them. */

import type { Account, Settings } from '../account/account.js'
import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { isError } from '../diagnostic/fault.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { Fields } from '../document/fields.js'
import { jsonOf } from '../document/json.js'
import { shape } from '../document/read-against-schema.js'
import { type YamlFile } from '../document/yaml-file.js'
import { readYaml } from '../document/yaml.js'
import { parseMoney } from '../expression/read/amount.js'
import type { FactGroup } from '../facts/facts.js'
import { type LoadedRules, type LoadOptions, loadRules, type RuleText } from '../rule/read/load.js'
import type { Rule } from '../rule/rule.js'
import { toMinor } from '../value/minor-units.js'
import type { GivenEstimate } from './estimates.js'
import { parseMoment } from './moment.js'
import { readAccount, type ReadAccount } from './read-account.js'
import { readEntities, readEstimates } from './read-entities.js'
import { readExpectation } from './read-expectation.js'
import type { RuleTest } from './rule-test.js'
import { RuleTestFileSchema } from './schema.js'
import type { RuleTestFileSource, RuleTestSource } from './source.js'

/** A test file after its schema check. It names the rule files that must be read before `load`. */
export interface OpenedTestFile {
  /** As written under `rules:`, relative to the test file's folder. */
  readonly rules: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Reports an error at the place where a rule file is named, for instance because it is missing or not text. */
  blame(rule: string, message: string, hint?: string): void
  /**
   * Returns the tests, checked against their rules. Use them only if no diagnostic is an error.
   *
   * @param settings those of the `tetik.yaml` nearest to the rule files, or null
   * @param library other rule files of the project, for their blueprints
   */
  load(
    rules: readonly RuleText[],
    settings: Settings | null,
    library?: readonly RuleText[],
  ): { tests: readonly RuleTest[]; diagnostics: readonly Diagnostic[] }
}

/** Never throws. @param path the file, as the user named it */
export function openTestFile(path: string, text: string): OpenedTestFile {
  const source = new SourceFile(path, text)
  const file = readYaml(source)
  if (file?.root === null && file.brokenFrom === null)
    source.report({
      code: 'empty',
      message: 'the file contains no tests',
      span: { start: 0, end: 1 },
      hint: 'a test file begins with `rules:`',
    })
  const shaped = file?.root == null ? null : shape(file, RuleTestFileSchema, file.root, 'a test file')
  const written = (shaped?.value ?? {}) as RuleTestFileSource
  const rules = (typeof written.rules === 'string' ? [written.rules] : (written.rules ?? [])).filter((rule) => rule !== undefined)
  const fields = file === null || shaped === null ? null : new Fields(file, shaped.places)
  if (fields !== null) reportTwice(written, fields)
  return {
    rules,
    get diagnostics() {
      return sortDiagnostics(source.diagnostics)
    },
    blame(rule, message, hint) {
      const index = rules.indexOf(rule)
      fields?.fault(typeof written.rules === 'string' ? 'rules' : `rules/${index}`, 'unreadable-file', message, hint)
    },
    load(texts, settings, library = []) {
      if (fields === null) return { tests: [], diagnostics: sortDiagnostics(source.diagnostics) }
      const loader = new Loader(fields, texts, settings, library)
      const tests = (written.tests ?? []).flatMap((test, index) => (test === undefined ? [] : (loader.test(test, index) ?? [])))
      return { tests, diagnostics: sortDiagnostics([...source.diagnostics, ...loader.ruleDiagnostics]) }
    },
  }
}

function reportTwice({ tests = [] }: RuleTestFileSource, fields: Fields): void {
  const seen = new Set<string>()
  for (const [index, test] of tests.entries()) {
    if (test?.name === undefined) continue
    if (seen.has(test.name)) fields.fault(`tests/${index}/name`, 'duplicate-name', 'another test has the same name')
    seen.add(test.name)
  }
}

/** The most times of a test: every rule is evaluated at each. */
const MOST_TIMES = 400

class Loader {
  /** The rules by the currency of the test, since their amounts are checked against it. */
  readonly #loaded = new Map<string | null, LoadedRules>()
  readonly #reported: Diagnostic[] = []
  readonly #usual: Account | null
  readonly #library: Pick<LoadOptions, 'library'>

  constructor(
    private readonly fields: Fields,
    private readonly texts: readonly RuleText[],
    private readonly settings: Settings | null,
    library: readonly RuleText[],
  ) {
    this.#library = { library }
    this.#usual = usualAccount(texts, settings, this.#library)
  }

  /** Errors of the rule files. */
  get ruleDiagnostics(): readonly Diagnostic[] {
    return this.#reported
  }

  test(written: RuleTestSource, index: number): RuleTest | null {
    const { fields, settings } = this
    const path = `tests/${index}`
    const own = readAccount(written.account, `${path}/account`, settings, this.#usual, fields)
    const entities = readEntities(written, path, own, fields)
    const groups = readGroups(written, path, own, fields)
    const account = { ...own.account, groups: groups.map(({ group }) => group) }
    const times = (typeof written.at === 'string' ? [written.at] : (written.at ?? [])).map((text, place) =>
      fields.read(typeof written.at === 'string' ? `${path}/at` : `${path}/at/${place}`, text, (text) =>
        parseMoment(text, account.timezone),
      ),
    )
    if (times.length > MOST_TIMES) {
      fields.fault(`${path}/at`, 'out-of-range', `a test may have at most ${MOST_TIMES} times`, 'split it into several tests')
      return null
    }
    const given = times.filter((time) => time !== null)
    const named = new Set((written.expect ?? []).flatMap((expectation) => expectation?.rule ?? []))
    const rules = this.#rulesFor(account.currency, named)
    if (rules === null) return null
    const lastTime = given.length === 0 ? null : Math.max(...given)
    const context = { rules, account, entities, lastTime, hasTimes: times.length > 0 }
    const expectations = (written.expect ?? []).flatMap((expectation, place) =>
      expectation === undefined ? [] : (readExpectation(expectation, `${path}/expect/${place}`, context, fields) ?? []),
    )
    if (written.name === undefined) return null
    const accountSource = typeof written.account === 'object' ? written.account : undefined
    return {
      name: written.name,
      file: fields.file.source.path,
      line: fields.file.source.place(fields.span(`${path}/name`, 'value').start).line,
      rules: rules.filter((rule) => named.has(rule.id) || this.#isAbout(rule, account.name)),
      account,
      languageOf: own.languageOf,
      entities,
      estimates: readEstimates(accountSource?.estimates, `${path}/account/estimates`, own.vocabulary, fields),
      groupEstimates: new Map(groups.map(({ group, estimates }) => [group.name, estimates])),
      payload: written.payload === undefined ? undefined : payloadOf(fields.file, written),
      times: [...new Set([...given, ...expectations.map(({ at }) => at)])].sort((one, other) => one - other),
      expectations,
    }
  }

  /** If a test names an account of `tetik.yaml`, rules of other accounts are left out; otherwise its account replaces them all. */
  #isAbout({ account }: Rule, name: string): boolean {
    const known = this.settings?.accounts.some((one) => one.name === name) ?? false
    return !known || account === null || account === 'all' || account === name
  }

  /**
   * Returns the rules, checked against the currency of the test; null if a rule that the test names has an error. Rules of
   * accounts with another currency are not an error: they are left out, unless the test names them.
   */
  #rulesFor(currency: string | null, named: ReadonlySet<string>): readonly Rule[] | null {
    const loaded = this.#load(currency)
    if (!loaded.diagnostics.some(isError)) return loaded.rules
    const plain = this.settings === null ? null : loadRules(this.texts, this.settings, this.#library)
    const isSound = plain !== null && !plain.diagnostics.some(isError)
    const missing = isSound && plain.rules.some(({ id }) => named.has(id) && !loaded.rules.some((rule) => rule.id === id))
    if (isSound && !missing) return loaded.rules
    this.#reported.push(...loaded.diagnostics.filter(isError))
    return null
  }

  #load(currency: string | null): LoadedRules {
    let loaded = this.#loaded.get(currency)
    if (loaded === undefined) {
      loaded = loadRules(this.texts, this.settings, { ...this.#library, data: { currency } })
      this.#loaded.set(currency, loaded)
    }
    return loaded
  }
}

const payloadOf = (file: YamlFile, { payload }: RuleTestSource): unknown => jsonOf(file, payload)

/** Returns the account of `tetik.yaml` that all of the rules apply to; null if there is no such account. */
function usualAccount(
  texts: readonly RuleText[],
  settings: Settings | null,
  library: Pick<LoadOptions, 'library'>,
): Account | null {
  if (settings === null) return null
  if (settings.accounts.length === 1) return settings.accounts[0]!
  const { rules } = loadRules(texts, settings, library)
  const names = new Set(rules.map(({ account }) => account))
  const [name] = names
  return names.size === 1 ? (settings.accounts.find((account) => account.name === name) ?? null) : null
}

interface ReadGroup {
  readonly group: FactGroup
  readonly estimates: readonly GivenEstimate[]
}

/** Returns the groups of `tetik.yaml`, with the test's changes, and the groups that only the test has. */
function readGroups(written: RuleTestSource, path: string, { account, vocabulary }: ReadAccount, fields: Fields): ReadGroup[] {
  const groups = new Map((account.groups ?? []).map((group): [string, ReadGroup] => [group.name, { group, estimates: [] }]))
  for (const [index, source] of (written.groups ?? []).entries()) {
    if (source?.name === undefined) continue
    const { name } = source
    const at = `${path}/groups/${index}`
    const budget = fields.read(`${at}/monthly_budget`, source.monthly_budget, (text) => parseMoney(text, vocabulary))
    const known = groups.get(name)?.group
    const campaigns = source.campaigns?.filter((glob) => glob !== undefined) ?? known?.campaigns
    if (campaigns === undefined)
      fields.fault(at, 'missing-key', 'the group has no `campaigns`', 'for example `campaigns: ["TR | *"]`')
    const values = budget === null ? known?.values : { monthly_budget: toMinor(budget.value, account.currency) }
    const estimates = readEstimates(source.estimates, `${at}/estimates`, vocabulary, fields)
    groups.set(name, { group: { name, campaigns: campaigns ?? [], values: values ?? {} }, estimates })
  }
  return [...groups.values()]
}
