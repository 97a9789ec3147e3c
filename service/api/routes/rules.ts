import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client'
import Type from 'typebox'

import type { Settings } from '../../../engine/account/account.js'
import type { Condition } from '../../../engine/rule/rule.js'
import { stepName } from '../../../engine/rule/steps/steps.js'
import type { Language } from '../../../engine/text/value-text.js'
import { ruleText } from '../../../engine/wording/rule-text.js'
import { requestEvaluation } from '../../../store/rules/evaluation-requests.js'
import { findLoadedRule, loadedRules, type StoredRule } from '../../../store/rules/rules.js'
import type { TetikClient } from '../../temporal/connection.js'
import { refuseStopped } from '../access/refuse-stopped.js'
import type { ApiContext } from '../http/context.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { type Rule, RuleEvaluation, RulePage, RuleReload } from '../shapes/rule.js'

export const ruleOperations = [
  operation({
    id: 'listRules',
    method: 'get',
    path: '/api/rules',
    tag: 'Rules',
    summary: 'The loaded rules',
    responses: { 200: { description: 'All of them, by id', schema: RulePage } },
    handle: async (_, { store, settings }) => {
      const rules = await loadedRules(store)
      return answer(200, { data: rules.map((rule) => viewOf(rule, settings())), next: null })
    },
  }),
  operation({
    id: 'reloadRules',
    method: 'post',
    path: '/api/rules/reload',
    tag: 'Rules',
    summary: 'Reads the rule files again',
    description: 'All of them are loaded together, and only if none has an error.',
    write: true,
    problems: ['rules-rejected', 'unavailable', 'temporal-unavailable'],
    responses: { 200: { description: 'They are loaded', schema: RuleReload } },
    handle: async (_, { reloadRules, temporal }) => {
      const { loaded, diagnostics } = await reloadRules(temporal)
      if (loaded === null) {
        const errors = diagnostics.filter(({ severity }) => severity === 'error')
        throw new ProblemError(
          'rules-rejected',
          `The rule files have ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; the loaded rules stay as they are.`,
          {
            errors: errors.map(({ file, line, column, message }) => ({ where: `${file}:${line}:${column}`, message })),
            fields: { diagnostics },
          },
        )
      }
      return answer(200, {
        added: [...loaded.added],
        changed: [...loaded.changed],
        removed: [...loaded.removed],
        unchanged: [...loaded.unchanged],
        // The rules have no errors: these are their warnings, and errors of launch specs, which block only the specs.
        warnings: diagnostics.map((warning) => ({ ...warning })),
      })
    },
  }),
  operation({
    id: 'evaluateRule',
    method: 'post',
    path: '/api/rules/{id}/evaluate',
    tag: 'Rules',
    summary: 'Evaluates a rule now, even if it is not due',
    description: 'Starts a tick of each account that the rule applies to; the account’s data is synced first.',
    params: { id: Type.String() },
    write: true,
    problems: ['not-found', 'rules-stopped', 'unavailable', 'temporal-unavailable'],
    responses: { 202: { description: 'The ticks are started', schema: RuleEvaluation } },
    handle: async ({ params }, context) => {
      const stored = await findLoadedRule(context.store, params.id)
      if (stored === undefined) throw new ProblemError('not-found', `No rule "${params.id}" is loaded.`)
      const accounts = accountsOf(context, stored)
      await refuseStopped(context, accounts)
      const requestedAt = context.now()
      for (const account of accounts) await requestEvaluation(context.store, account, params.id, requestedAt)
      await context.temporal.use((client) => Promise.all(accounts.map((account) => trigger(client, account))))
      return answer(202, {
        rule: params.id,
        accounts,
        decisions: `/api/decisions?rule=${encodeURIComponent(params.id)}`,
      })
    },
  }),
]

/** If a tick is running, it may already have planned what is due, so another one is queued after it. */
async function trigger({ schedule, names }: TetikClient, account: string): Promise<void> {
  try {
    await schedule.getHandle(names.ids.watch(account)).trigger(ScheduleOverlapPolicy.BUFFER_ONE)
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    throw new ProblemError('unavailable', `The account ${account} has no schedule yet; the worker creates it when it starts.`)
  }
}

function accountsOf({ settings }: ApiContext, { rule }: StoredRule): string[] {
  const names = settings().accounts.map(({ name }) => name)
  if (rule.account === 'all') return names
  const account = rule.account ?? (names.length === 1 ? names[0] : undefined)
  if (account !== undefined && names.includes(account)) return [account]
  throw new ProblemError(
    'not-found',
    `The rule "${rule.id}" is for the account ${account ?? '(none)'}, which is not in tetik.yaml.`,
  )
}

const viewOf = ({ rule, commitSha, loadedAt }: StoredRule, settings: Settings): Rule => ({
  id: rule.id,
  description: rule.description,
  inWords: { en: ruleText(rule, wordsFor(rule, settings, 'en')), tr: ruleText(rule, wordsFor(rule, settings, 'tr')) },
  file: rule.file,
  line: rule.line,
  version: rule.version,
  commit: commitSha,
  account: rule.account,
  scope: rule.scope,
  mode: rule.mode,
  cadence: rule.cadence.kind === 'at' ? { ...rule.cadence, times: [...rule.cadence.times] } : rule.cadence,
  where: leavesOf(rule.where),
  when: leavesOf(rule.when),
  steps: rule.then.map(stepName),
  holdFor: rule.holdFor,
  cooldown: rule.cooldown,
  priority: rule.priority,
  loadedAt: instant(loadedAt),
})

/** Currency and result are those of the rule's accounts if they agree. */
function wordsFor({ account }: StoredRule['rule'], { accounts }: Settings, language: Language) {
  const covered = account === null || account === 'all' ? accounts : accounts.filter(({ name }) => name === account)
  const same = (values: readonly string[]): string | null => (new Set(values).size === 1 ? values[0]! : null)
  return { language, currency: same(covered.map(({ currency }) => currency)), result: same(covered.map(({ result }) => result)) }
}

function leavesOf(condition: Condition | null): string[] {
  if (condition === null) return []
  if (condition.kind === 'leaf') return [condition.text]
  if (condition.kind === 'not') return leavesOf(condition.condition).map((text) => `not ${text}`)
  return condition.conditions.flatMap(leavesOf)
}
