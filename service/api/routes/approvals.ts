import Type from 'typebox'

import { approvalsOfDecision } from '../../../store/decisions/approvals.js'
import { findDecision } from '../../../store/decisions/decisions.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { Approval } from '../shapes/decision.js'
import { approvalOf } from '../views/decision.js'
import { answerQuestion, remind } from '../whatsapp/approval-words.js'

const wordOperation = (word: 'approve' | 'reject') =>
  operation({
    id: word === 'approve' ? 'approveDecision' : 'rejectDecision',
    method: 'post',
    path: `/api/decisions/{id}/${word}`,
    tag: 'Rules',
    summary:
      word === 'approve' ? 'Approves the question that a decision waits for' : 'Rejects the question that a decision waits for',
    description:
      word === 'approve'
        ? 'Before anything is changed, the rule’s condition is evaluated again, and what would change must have the same value as when the approval was requested; otherwise nothing is changed and the decision’s note says why. The first answer counts.'
        : 'Nothing is changed, and the rule rests for its cooldown. The first answer counts.',
    params: { id: Type.String() },
    write: true,
    problems: ['not-found', 'nothing-to-approve', 'already-answered', 'temporal-unavailable'],
    responses: { 200: { description: 'The answer is stored, and the waiting workflow was signalled', schema: Approval } },
    handle: async ({ params }, context) => {
      const { store } = context
      if ((await findDecision(store, params.id)) === undefined) {
        throw new ProblemError('not-found', `There is no decision ${params.id}; old ones are deleted.`)
      }
      const wanted = word === 'approve' ? 'approved' : 'rejected'
      const asked = await approvalsOfDecision(store, params.id)
      const waiting = asked.find(({ state }) => state === 'waiting')
      if (waiting === undefined) {
        const last = asked.at(-1)
        if (last === undefined)
          throw new ProblemError('nothing-to-approve', `The decision ${params.id} has no question to answer.`)
        if (last.state === wanted) {
          await remind(context, last)
          return answer(200, approvalOf(last))
        }
        throw new ProblemError('already-answered', `It was already ${last.state}${by(last.answered_by)}.`)
      }
      const given = await answerQuestion(context, waiting, wanted, 'api:token')
      if (given.state === wanted) return answer(200, approvalOf(given))
      throw new ProblemError('already-answered', `It was ${given.state} in the meantime${by(given.answered_by)}.`)
    },
  })

const by = (who: string | null): string => (who === null ? '' : ` by ${who}`)

export const approvalOperations = [wordOperation('approve'), wordOperation('reject')]
