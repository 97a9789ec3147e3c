/** The search attributes of `temporal.config.ts`, typed. */

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { upsertSearchAttributes } from '@temporalio/workflow'

import { SEARCH_ATTRIBUTES } from '../../temporal.config.js'

export const RULE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.rule, SearchAttributeType.KEYWORD)
export const ACCOUNT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.account, SearchAttributeType.KEYWORD)
export const ACTION = defineSearchAttributeKey(SEARCH_ATTRIBUTES.action, SearchAttributeType.KEYWORD)
const VERDICT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.verdict, SearchAttributeType.KEYWORD)

export type Verdict =
  'quiet' | 'fired' | 'blind' | 'carried-out' | 'waiting' | 'refused' | 'stopped' | 'failed' | 'sent' | 'delivered'

/** Shows in Temporal's list what a run is doing: pause, start, budget, … */
export function setAction(value: string): void {
  upsertSearchAttributes([{ key: ACTION, value }])
}

/** Shows the run's state, or how it ended, for filters in Temporal's list. */
export function setVerdict(value: Verdict): void {
  upsertSearchAttributes([{ key: VERDICT, value }])
}
