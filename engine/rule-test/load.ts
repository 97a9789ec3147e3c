/** Files of rule tests from text to tests that can run, or to everything that is wrong with them. */

import type { Account, Settings } from '../account/account.js'
import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { isError } from '../diagnostic/fault.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { Fields } from '../document/fields.js'
import { jsonOf } from '../document/json.js'
import { shape } from '../document/shape.js'
import { readYaml, type YamlFile } from '../document/yaml.js'
import { parseMoney } from '../expression/amount.js'
import type { FactGroup } from '../facts/facts.js'
import { toMinor } from '../metric/currency.js'
import { loadRules, type LoadedRules, type RuleText } from '../rule/load.js'
import type { Rule } from '../rule/rule.js'
import { readAccount, type ReadAccount } from './read-account.js'
import { readEntities, readEstimates } from './read-entities.js'
import { parseMoment, readExpectation } from './read-expectation.js'
import type { RuleTest } from './rule-test.js'
import { RuleTestFileSchema } from './schema.js'
import type { RuleTestFileSource, RuleTestSource } from './source.js'

/** A test file whose form was read: it says which rule files it wants, before they are read. */
export interface OpenedTestFile {
  /** As written under `rules:`, relative to the test file's folder. */
  readonly rules: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Puts a fault at the place where a rule file is named: it is missing, or holds no text. */
  blame(rule: string, message: string, hint?: string): void
  /**
   * The tests, checked against their rules. `settings` are those of the `tetik.yaml` nearest to the rule files, or null.
   * Use them only where no diagnostic is an error.
   */
  load(rules: readonly RuleText[], settings: Settings | null): { tests: readonly RuleTest[]; diagnostics: readonly Diagnostic[] }
}

/** `path` is the file as the user names it. Never throws. */
export function openTestFile(path: string, text: string): OpenedTestFile {
  const source = new SourceFile(path, text)
  const file = readYaml(source)
  if (file?.root === null && file.brokenFrom === null)
    source.report({
      code: 'empty',
      message: 'the file holds no tests',
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
    load(texts, settings) {
      if (fields === null) return { tests: [], diagnostics: sortDiagnostics(source.diagnostics) }
      const loader = new Loader(fields, texts, settings)
      const tests = (written.tests ?? []).flatMap((test, index) => (test === undefined ? [] : (loader.test(test, index) ?? [])))
      return { tests, diagnostics: sortDiagnostics([...source.diagnostics, ...loader.ruleDiagnostics]) }
    },
  }
}

function reportTwice({ tests = [] }: RuleTestFileSource, fields: Fields): void {
  const seen = new Set<string>()
  for (const [index, test] of tests.entries()) {
    if (test?.name === undefined) continue
    if (seen.has(test.name)) fields.fault(`tests/${index}/name`, 'duplicate-name', 'there is another test of this name')
    seen.add(test.name)
  }
}

class Loader {
  /** By the currency of the test: amounts in rules are checked against it. */
  readonly #loaded = new Map<string | null, LoadedRules>()
  readonly #usual: Account | null

  constructor(
    private readonly fields: Fields,
    private readonly texts: readonly RuleText[],
    private readonly settings: Settings | null,
  ) {
    this.#usual = usualAccount(texts, settings)
  }

  /** Of the rule files, each fault once. */
  get ruleDiagnostics(): readonly Diagnostic[] {
    return [...this.#loaded.values()].flatMap(({ diagnostics }) => diagnostics).filter(isError)
  }

  test(written: RuleTestSource, index: number): RuleTest | null {
    const { fields, settings } = this
    const path = `tests/${index}`
    const own = readAccount(written.account, `${path}/account`, settings, this.#usual, fields)
    const entities = readEntities(written, path, own, fields)
    const account = { ...own.account, groups: [...(own.account.groups ?? []), ...readGroups(written, path, own, fields)] }
    const times = (typeof written.at === 'string' ? [written.at] : (written.at ?? [])).map((text, place) =>
      fields.read(typeof written.at === 'string' ? `${path}/at` : `${path}/at/${place}`, text, (text) =>
        parseMoment(text, account.timezone),
      ),
    )
    const given = times.filter((time) => time !== null)
    const rules = this.#rulesIn(account.currency)
    if (rules === null) return null
    const lastTime = given.length === 0 ? null : Math.max(...given)
    const expectations = (written.expect ?? []).flatMap((expectation, place) =>
      expectation === undefined
        ? []
        : (readExpectation(
            expectation,
            `${path}/expect/${place}`,
            { rules, account, entities, lastTime, hasTimes: times.length > 0 },
            fields,
          ) ?? []),
    )
    if (written.name === undefined) return null
    const accountSource = typeof written.account === 'object' ? written.account : undefined
    return {
      name: written.name,
      file: fields.file.source.path,
      line: fields.file.source.place(fields.span(`${path}/name`, 'value').start).line,
      rules,
      account,
      languageOf: own.languageOf,
      entities,
      estimates: readEstimates(accountSource?.estimates, `${path}/account/estimates`, own.vocabulary, fields),
      payload: written.payload === undefined ? undefined : payloadOf(fields.file, written),
      times: [...new Set([...given, ...expectations.map(({ at }) => at)])].sort((one, other) => one - other),
      expectations,
    }
  }

  /** Null where they have an error. */
  #rulesIn(currency: string | null): readonly Rule[] | null {
    let loaded = this.#loaded.get(currency)
    if (loaded === undefined) {
      loaded = loadRules(this.texts, this.settings, { data: { currency } })
      this.#loaded.set(currency, loaded)
    }
    return loaded.diagnostics.some(isError) ? null : loaded.rules
  }
}

const payloadOf = (file: YamlFile, { payload }: RuleTestSource): unknown => jsonOf(file, payload)

/** The account of `tetik.yaml` that all of the rules are about; null where they are about several, or none is known. */
function usualAccount(texts: readonly RuleText[], settings: Settings | null): Account | null {
  if (settings === null) return null
  if (settings.accounts.length === 1) return settings.accounts[0]!
  const { rules } = loadRules(texts, settings)
  const names = new Set(rules.map(({ account }) => account))
  const [name] = names
  return names.size === 1 ? (settings.accounts.find((account) => account.name === name) ?? null) : null
}

function readGroups(written: RuleTestSource, path: string, { account, vocabulary }: ReadAccount, fields: Fields): FactGroup[] {
  return (written.groups ?? []).flatMap((group, index) => {
    if (group?.name === undefined) return []
    const at = `${path}/groups/${index}/monthly_budget`
    const budget = fields.read(at, group.monthly_budget, (text) => parseMoney(text, vocabulary))
    const values: Record<string, number> = budget === null ? {} : { monthly_budget: toMinor(budget.value, account.currency) }
    return [{ name: group.name, campaigns: (group.campaigns ?? []).filter((glob) => glob !== undefined), values }]
  })
}
