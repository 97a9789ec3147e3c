/** Reads the automated rules of Ads Manager (`adrules_library`), with their specs unchanged; `tetik import` translates them. */

import type { AnswerObject } from '../answer.js'
import type { Json } from '../json.js'
import type { MetaClient } from './client.js'
import type { MetaCall, MetaGraph } from './meta-graph.js'
import { checkAccountId } from './structure.js'

export interface MetaAdRule {
  readonly id: string
  readonly name: string
  /** ENABLED, DISABLED, DELETED, HAS_ISSUES. */
  readonly status: string
  readonly evaluation_spec: Json
  readonly execution_spec: Json
  /** Null if Meta gives none, as for rules with a trigger. */
  readonly schedule_spec: Json
}

const FIELDS = ['id', 'name', 'status', 'evaluation_spec', 'execution_spec', 'schedule_spec']
const PAGE = 50

export function createAdRuleCalls(graph: MetaGraph): Pick<MetaClient, 'listAdRules'> {
  return {
    async listAdRules(accountId, options = {}) {
      const call: MetaCall = {
        what: `list the automated rules of ${accountId}`,
        method: 'GET',
        path: `${accountId}/adrules_library`,
        parameters: { fields: FIELDS.join(','), limit: String(PAGE) },
        changes: false,
        lane: 'management',
        signal: options.signal,
      }
      checkAccountId(graph, call, accountId)
      return await graph.pages(call, readAdRule, options.onPage)
    },
  }
}

const readAdRule = (answer: AnswerObject): MetaAdRule => ({
  id: answer.id('id'),
  name: answer.text('name'),
  status: answer.text('status'),
  evaluation_spec: answer.raw('evaluation_spec') ?? null,
  execution_spec: answer.raw('execution_spec') ?? null,
  schedule_spec: answer.raw('schedule_spec') ?? null,
})
