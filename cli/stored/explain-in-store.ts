/** `tetik explain` from the database: explains a stored decision, or evaluates a rule for an entity at a moment. */

import { existsSync } from 'node:fs'

import { factsOfDecision } from '../../activities/facts/decision-facts.js'
import { factsForRule } from '../../activities/facts/facts-for-rules.js'
import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { DEFAULT_SETTINGS, loadSettings } from '../../engine/account/load.js'
import { formatInstant, parseTime } from '../../engine/clock/written-time.js'
import { nearestName } from '../../engine/diagnostic/nearest.js'
import { explainEvaluation, explainTrace, traceOfClear } from '../../engine/explanation/explain-evaluation.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { loadRules, type RuleText } from '../../engine/rule/read/load.js'
import { RulePlaces } from '../../engine/rule/read/places.js'
import type { Rule } from '../../engine/rule/rule.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { openProjectStore } from '../../service/operations/project-store.js'
import { readProjectFiles } from '../../service/rules/project-files.js'
import { loadServiceSettings } from '../../service/settings/settings.js'
import type { Store } from '../../store/base/store.js'
import { decisionsBeginning, lastDecision } from '../../store/decisions/decision-list.js'
import { entityOfRow, stepsOfRow, traceOfRow } from '../../store/decisions/decision-row.js'
import type { DecisionRow } from '../../store/decisions/decisions.js'
import { findRuleVersion, loadedRules } from '../../store/rules/rules.js'
import { ExplainError, type Explanation, type LastDecision } from '../data/explanation.js'
import { findEntity } from '../data/find-entity.js'
import { carriedOutOf } from './explain-carried-out.js'
import { stateOf, syncsOf } from './rule-state.js'

export interface ExplainQuestion {
  /** A decision's id or its beginning, or a rule's id. */
  readonly what: string
  readonly entity: string | undefined
  /** In the account's time zone; now, if undefined. */
  readonly at: string | undefined
  readonly account: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/** @throws ExplainError, StoreError, SettingsError */
export async function explainInStore(question: ExplainQuestion, folder: string): Promise<Explanation> {
  const service = loadServiceSettings(process.env, folder)
  // Opening would create the database; a read-only command should not.
  if (!/^[a-z]+:/.test(service.storeUrl) && !existsSync(service.storeUrl))
    throw new ExplainError('there is no database yet: start `tetik up` to create it, or give a file with --data')
  const files = await readProjectFiles(service.folder)
  const read = files.settings === null ? null : loadSettings(files.settings.path, files.settings.text)
  const store = await openProjectStore(service)
  try {
    const explainer = new Explainer(store, read?.settings ?? DEFAULT_SETTINGS, files.rules, question)
    return await explainer.explain()
  } finally {
    await store.close()
  }
}

class Explainer {
  readonly #places: RulePlaces

  constructor(
    private readonly store: Store,
    private readonly settings: Settings,
    private readonly texts: readonly RuleText[],
    private readonly question: ExplainQuestion,
  ) {
    this.#places = new RulePlaces(texts)
  }

  async explain(): Promise<Explanation> {
    const { what, entity, at } = this.question
    const asksRule = entity !== undefined || at !== undefined
    const decisions = asksRule ? [] : await decisionsBeginning(this.store, what, 6)
    const whole = decisions.find(({ id }) => id === what)
    if (whole !== undefined || decisions.length === 1) return this.#decision(whole ?? decisions[0]!)
    if (decisions.length > 1) {
      const ids = decisions.slice(0, 5).map(({ id }) => id)
      throw new ExplainError(`several decisions begin with ${what}: ${ids.join(', ')}${decisions.length > 5 ? ', …' : ''}`)
    }
    return this.#rule(await this.#ruleNamed(what))
  }

  async #decision(decision: DecisionRow): Promise<Explanation> {
    const { store, settings } = this
    const stored = await findRuleVersion(store, decision.rule, decision.version)
    const account = settings.accounts.find(({ name }) => name === decision.account)
    const entity = entityOfRow(decision)
    const trace = traceOfRow(decision)
    const notes: string[] = []
    let facts: Facts | null = null
    if (stored === undefined) notes.push('The version of the rule that made the decision is no longer stored.')
    else if (account === undefined)
      notes.push(`tetik.yaml no longer has the account ${decision.account}, so its rows are not shown.`)
    else {
      const own = await factsOfDecision(store, account, { decision, rule: stored.rule }).catch((error: Error) => {
        notes.push(error.message)
        return null
      })
      facts = own?.entity == null ? null : own.facts
      if (own !== null && own.entity === null) notes.push('The data no longer has the entity, so its rows are not shown.')
    }
    if (stored !== undefined && !stored.isLoaded)
      notes.push('The rule has since been changed or removed: its line numbers may be out of date.')
    const rule = stored?.rule
    return {
      ...(await this.#about(decision.account, account, rule, decision, entity, decision.at, decision.known_at)),
      decision: decision.id,
      outcome: decision.outcome,
      because: decision.because,
      note: decision.note,
      leaves:
        rule === undefined
          ? trace.map((leaf) => ({ ...leaf, file: '', line: 0, distance: null, metrics: [] }))
          : explainTrace(
              rule,
              [...trace, ...(facts === null ? [] : await traceOfClear(rule, facts, entity))],
              facts,
              entity,
              this.#places,
            ),
      steps: stepsOfRow(decision),
      carriedOut: await carriedOutOf(store, decision, account?.timezone ?? 'UTC'),
      lastDecision: null,
      notes,
    }
  }

  async #rule(rule: Rule): Promise<Explanation> {
    const { store, settings, question } = this
    const account = this.#accountOf(rule)
    const zone = account.timezone
    const at = question.at === undefined ? question.now : parseTime(question.at, zone)
    if (at === null)
      throw new ExplainError(`--at ${question.at!} is not a time; write it as "2026-03-10 14:00", or with an offset`)
    const knownAt = Math.min(at, question.now)
    const facts = await factsForRule(store, account, rule, { at, knownAt })
    const entity = findEntity(facts, rule.scope, question.entity)
    const { outcome, because, leaves } = await explainEvaluation(rule, facts, entity, this.#places)
    const { isLoaded, notes } = await this.#loadedState(rule, settings, account)
    const last = await lastDecision(store, { account: account.name, rule: rule.id, entityKey: entity.key, by: at })
    const about = await this.#about(account.name, account, rule, rule, entity, at, knownAt)
    return {
      ...about,
      decision: null,
      outcome,
      because,
      note: isLoaded ? heldBack(outcome, about.state, last) : null,
      leaves,
      steps: rule.then.map(stepName),
      carriedOut: last === undefined || last.outcome !== 'fire' ? null : await carriedOutOf(store, last, zone),
      lastDecision: last === undefined ? null : lastOf(last, zone),
      notes,
    }
  }

  async #about(
    accountName: string,
    account: Account | undefined,
    rule: Rule | undefined,
    place: { readonly id?: string; readonly rule?: string; readonly version: string; readonly mode: Rule['mode'] },
    entity: FactEntity,
    at: number,
    knownAt: number,
  ) {
    const zone = account?.timezone ?? 'UTC'
    const stored = rule === undefined ? undefined : await findRuleVersion(this.store, rule.id, rule.version)
    return {
      rule: {
        id: rule?.id ?? place.rule ?? place.id!,
        version: place.version,
        description: rule?.description ?? '',
        file: rule?.file ?? '',
        line: rule?.line ?? 0,
        commit: stored?.commitSha ?? null,
        mode: place.mode,
      },
      account: { name: accountName, currency: account?.currency ?? null, timezone: zone },
      entity,
      at: formatInstant(at, zone),
      state: rule === undefined ? null : await stateOf(this.store, accountName, rule, entity.key, zone),
      data: {
        kind: 'store' as const,
        knownAt: formatInstant(knownAt, zone),
        syncs: await syncsOf(this.store, accountName, rule, { at, knownAt, zone }),
      },
    }
  }

  /** Finds the rule among the loaded rules, else in the files. */
  async #ruleNamed(id: string): Promise<Rule> {
    const loaded = (await loadedRules(this.store)).map(({ rule }) => rule)
    const { rules } = loadRules(this.texts, this.settings.file === null ? null : this.settings)
    const found = loaded.find((rule) => rule.id === id) ?? rules.find((rule) => rule.id === id)
    if (found !== undefined) return found
    const near = nearestName(
      id,
      [...loaded, ...rules].map((rule) => rule.id),
    )
    throw new ExplainError(`no decision or rule has the id ${id}${near === null ? '' : `; did you mean ${near}?`}`)
  }

  #accountOf(rule: Rule): Account {
    const { settings, question } = this
    const accounts = settings.accounts.filter(({ name }) => rulesOfAccount([rule], settings, name).length > 0)
    const found = question.account === undefined ? accounts : accounts.filter(({ name }) => name === question.account)
    const [only] = found
    if (only !== undefined && found.length === 1) return only
    const names = accounts.map(({ name }) => name).join(', ')
    if (accounts.length === 0) throw new ExplainError(`tetik.yaml has no account that ${rule.id} applies to`)
    throw new ExplainError(`${rule.id} applies to several accounts; choose one with --account: ${names}`)
  }

  async #loadedState(rule: Rule, settings: Settings, account: Account): Promise<{ isLoaded: boolean; notes: string[] }> {
    const stored = await findRuleVersion(this.store, rule.id, rule.version)
    const isLoaded = stored?.isLoaded === true && rulesOfAccount([rule], settings, account.name).length > 0
    return { isLoaded, notes: isLoaded ? [] : ['The rule is not loaded: it is evaluated as written in its file.'] }
  }
}

const lastOf = ({ id, at, outcome, because, note }: DecisionRow, zone: string): LastDecision => ({
  id,
  at: formatInstant(at, zone),
  outcome,
  because,
  note,
})

/** Returns why a rule does not fire although its conditions are true: from its state, else from its last decision. */
function heldBack(outcome: Explanation['outcome'], state: Explanation['state'], last: DecisionRow | undefined): string | null {
  if (outcome !== 'fire') return null
  if (state?.state === 'pending' && state.firesFrom !== null)
    return `The condition is true; the rule fires from ${state.firesFrom} on.`
  if (state?.restingUntil !== null && state?.restingUntil !== undefined) return `It is resting until ${state.restingUntil}.`
  return last?.outcome === 'hold' ? last.note : null
}
