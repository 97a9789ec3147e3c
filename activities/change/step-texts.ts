/** Renders the name that a `rename` or `duplicate` step sets, and the mark of a copy. */

import type { Account } from '../../engine/account/account.js'
import { partText } from '../../engine/message/message.js'
import type { Template } from '../../engine/rule/rule.js'
import type { CarriedOut } from '../base/carried-out-rule.js'
import { type ActivityDependencies, ownerOf } from '../base/dependencies.js'
import { factsOfDecision, hasUnknown, partsOf } from '../facts/decision-facts.js'
import type { ChangeStep, StepTexts } from '../guardrails/proposed-change.js'
import { copyMark } from '../ledger/copy-target.js'

export async function textsOfStep(
  dependencies: ActivityDependencies,
  account: Account,
  carried: CarriedOut,
  step: ChangeStep,
  mutation: string,
): Promise<StepTexts> {
  const name = async (template: Template): Promise<string | null> => {
    const parts = partsOf(template, await factsOfDecision(dependencies.store, account, carried))
    if (hasUnknown(parts)) return null
    // A name has no single reader: its numbers are formatted for the account's owner.
    const language = ownerOf(dependencies.settings(), account.name)?.language ?? 'en'
    const options = { language, currency: account.currency }
    return parts
      .map((part) => partText(part, options))
      .join('')
      .trim()
  }
  if (step.kind === 'rename') return { name: await name(step.name) }
  if (step.kind !== 'duplicate') return {}
  const mark = copyMark(mutation)
  return step.name === null ? { mark } : { mark, name: await name(step.name) }
}
