/** Changes objects at Meta. A change is sent once, and its outcome is exact: done, refused, or unknown. */

import { AnswerMismatch, wholeAnswer } from '../answer.js'
import type { Json } from '../json.js'
import type { CallOptions } from '../options.js'
import type { MetaClient } from './client.js'
import type { MetaCall, MetaGraph } from './meta-graph.js'
import { checkObjectId } from './structure.js'

type ChangeCalls = Pick<MetaClient, 'updateStatus' | 'updateBudget' | 'updateBid' | 'rename' | 'setLabels'>

/** The most characters of a name (Marketing API, ad set `name`). */
const LONGEST_NAME = 400

export function createChangeCalls(graph: MetaGraph): ChangeCalls {
  const change = (what: string, id: string, parameters: Record<string, string>, options: CallOptions): MetaCall => ({
    what,
    method: 'POST',
    path: id,
    parameters,
    changes: true,
    lane: 'management',
    signal: options.signal,
  })

  return {
    async updateStatus(id, status, options = {}) {
      const call = change(`set the status of ${id} to ${status}`, id, { status }, options)
      checkObjectId(graph, call, id)
      await graph.call(call, readSuccess)
    },
    async updateBudget(id, { field, amount }, options = {}) {
      const call = change(`set the ${field} of ${id}`, id, { [field]: String(amount) }, options)
      checkObjectId(graph, call, id)
      if (!Number.isSafeInteger(amount) || amount <= 0) {
        throw graph.refuse(call, 'malformed-budget', 'a budget is a positive whole number of minor units')
      }
      await graph.call(call, readSuccess)
    },
    async updateBid(id, bidAmount, options = {}) {
      const call = change(`set the bid of ${id}`, id, { bid_amount: String(bidAmount) }, options)
      checkObjectId(graph, call, id)
      if (!Number.isSafeInteger(bidAmount) || bidAmount <= 0) {
        throw graph.refuse(call, 'malformed-bid', 'a bid is a positive whole number of minor units')
      }
      await graph.call(call, readSuccess)
    },
    async rename(id, name, options = {}) {
      const call = change(`rename ${id}`, id, { name }, options)
      checkObjectId(graph, call, id)
      if (name.trim() === '' || name.length > LONGEST_NAME) {
        throw graph.refuse(call, 'malformed-name', `a name has 1 to ${LONGEST_NAME} characters`)
      }
      await graph.call(call, readSuccess)
    },
    async setLabels(id, labels, options = {}) {
      const adlabels = JSON.stringify(labels.map((name) => ({ name })))
      const call = change(`set the labels of ${id}`, id, { adlabels }, options)
      checkObjectId(graph, call, id)
      if (labels.some((label) => label.trim() === '')) throw graph.refuse(call, 'malformed-label', 'a label has a name')
      await graph.call(call, readSuccess)
    },
  }
}

/** Checks `success`, which is true or, from some endpoints, "true". With anything else the outcome is unknown. */
export function readSuccess(answer: Json): void {
  const success = wholeAnswer(answer).raw('success')
  if (success !== true && success !== 'true') throw new AnswerMismatch('success', 'true', success)
}
