/** Decisions as the API shows them, without WhatsApp's message ids, which encode the phone number. */

import { beforeOf, targetOf, valueInWords } from '../../../engine/change/ledger-value.js'
import type { Comparison } from '../../../engine/expression/syntax.js'
import { comparisonsOf } from '../../../engine/rule/walk.js'
import type { Language } from '../../../engine/text/value-text.js'
import { firingText } from '../../../engine/wording/firing-text.js'
import { asSentence } from '../../../engine/wording/parts/wording.js'
import { traceText } from '../../../engine/wording/trace-text.js'
import type { Approval as ApprovalRow } from '../../../store/decisions/approvals.js'
import { entityOfRow, stepsOfRow, traceOfRow } from '../../../store/decisions/decision-row.js'
import type { DecisionRow } from '../../../store/decisions/decisions.js'
import type { Mutation as MutationRow } from '../../../store/decisions/mutations.js'
import type { Message as MessageRow } from '../../../store/messages/messages.js'
import type { StoredRule } from '../../../store/rules/rules.js'
import { temporalNames } from '../../../temporal.config.js'
import type { ApiContext } from '../http/context.js'
import { instant, instantOrNull } from '../http/instant.js'
import { workflowUrl } from '../http/links.js'
import type { Approval, DecisionDetail, DecisionSummary, Message, Mutation, TraceLeaf } from '../shapes/decision.js'

type Links = Pick<ApiContext, 'temporalUi' | 'installation'>

/** What turns a decision into sentences: the version of the rule that made it, and the account's currency. */
export interface DecisionWords {
  /** Undefined if the version is not stored. */
  readonly rule: StoredRule | undefined
  /** Null if it is unknown. */
  readonly currency: string | null
}

export function summaryOf(context: Links, row: DecisionRow, words: DecisionWords): DecisionSummary {
  return {
    id: row.id,
    account: row.account,
    rule: row.rule,
    version: row.version,
    entity: entityOfRow(row),
    at: instant(row.at),
    knownAt: instant(row.known_at),
    outcome: row.outcome,
    because: row.because,
    mode: row.mode,
    inWords: row.outcome === 'fire' ? firingInWords(row, words) : null,
    steps: stepsOfRow(row),
    progress: row.progress,
    note: row.note,
    workflowUrl: workflowUrl(context, row.workflow_id, row.run_id),
    updatedAt: instant(row.updated_at),
  }
}

export function detailOf(
  context: Links,
  row: DecisionRow,
  belongings: {
    readonly mutations: readonly MutationRow[]
    readonly messages: readonly MessageRow[]
    readonly approvals: readonly ApprovalRow[]
  } & DecisionWords,
): DecisionDetail {
  const { mutations, messages, approvals, rule } = belongings
  return {
    ...summaryOf(context, row, belongings),
    trace: traceInWords(row, belongings),
    mutations: mutations.map((mutation) => mutationOf(mutation, belongings.currency)),
    messages: messages.map((message) => messageOf(context, message)),
    approvals: approvals.map(approvalOf),
    source: rule === undefined ? null : { file: rule.rule.file, line: rule.rule.line, commit: rule.commitSha },
  }
}

const inBoth = (text: (language: Language) => string) => ({ en: text('en'), tr: text('tr') })

const firingInWords = (row: DecisionRow, { rule, currency }: DecisionWords) =>
  rule === undefined
    ? null
    : inBoth((language) => {
        const options = { language, currency, result: null }
        return asSentence(firingText(rule.rule, entityOfRow(row), traceOfRow(row), options), options)
      })

/** A leaf of a rule that is no longer stored keeps the condition as written. */
function traceInWords(row: DecisionRow, { rule, currency }: DecisionWords): TraceLeaf[] {
  const comparisons = rule === undefined ? new Map<string, Comparison>() : comparisonsOf(rule.rule)
  return traceOfRow(row).map((leaf) => {
    const comparison = comparisons.get(leaf.path)
    const text = (language: Language): string =>
      comparison === undefined
        ? leaf.condition
        : traceText(leaf, comparison, { language, currency, result: null, scope: row.scope })
    // The shape lacks only `readonly`.
    return { ...leaf, inWords: inBoth(text) } as TraceLeaf
  })
}

function mutationOf(row: MutationRow, currency: string | null): Mutation {
  const shown = (language: Language) => ({
    before: valueInWords(beforeOf(row), { language, currency }),
    target: valueInWords(targetOf(row), { language, currency }),
  })
  return {
    id: row.id,
    level: row.level,
    entityId: row.entity_id,
    field: row.field as Mutation['field'],
    before: row.before,
    target: row.target,
    inWords: { en: shown('en'), tr: shown('tr') },
    outcome: row.outcome,
    result: row.result,
    error: parsed(row.error_json),
    intendedAt: instant(row.intended_at),
    settledAt: instantOrNull(row.settled_at),
  }
}

export const approvalOf = (row: ApprovalRow): Approval => ({
  id: row.id,
  decision: row.decision,
  state: row.state,
  askedAt: instant(row.asked_at),
  expiresAt: instant(row.expires_at),
  answeredBy: row.answered_by,
  answeredAt: instantOrNull(row.answered_at),
})

export function messageOf(context: Links, row: MessageRow): Message {
  return {
    id: row.id,
    recipient: row.recipient,
    text: row.text,
    sentAs: row.sent_as as Message['sentAs'],
    status: row.status as Message['status'],
    error: parsed(row.error_json),
    createdAt: instant(row.created_at),
    updatedAt: instant(row.updated_at),
    workflowUrl: workflowUrl(context, temporalNames(context.installation).ids.message(row.id)),
  }
}

const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown))
