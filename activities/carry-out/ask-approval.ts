/** Asks for an approval, and reads or closes it. */

import type { Account, Recipient, Settings } from '../../engine/account/account.js'
import { formatLocalMinute } from '../../engine/clock/written-time.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { launchInWords } from '../../engine/launch/words.js'
import { approvalButtons, approvalQuestion } from '../../engine/message/approval-text.js'
import { renderMessage } from '../../engine/message/message.js'
import type { Step } from '../../engine/rule/rule.js'
import type { Language } from '../../engine/text/value-text.js'
import { firingText } from '../../engine/wording/firing-text.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { answerApproval, approvalId, findApproval, openApproval } from '../../store/decisions/approvals.js'
import { entityOfRow, traceOfRow } from '../../store/decisions/decision-row.js'
import { setProgress } from '../../store/decisions/decisions.js'
import { findLoadedLaunch } from '../../store/launches/launches.js'
import { intendMessage } from '../../store/messages/messages.js'
import { carriedOut, type CarriedOut, stepOf } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { stopNote } from '../base/stop-note.js'
import { factsOfDecision, partsOf } from '../facts/decision-facts.js'
import type { MessageToSend } from '../messages/contract.js'
import { toSend } from '../messages/notice.js'
import { approvedValues } from './approved-values.js'
import { type AskedApproval, type CarryOutActivities } from './contract.js'

/** How long a rule in `mode: ask` waits for an answer, in milliseconds. */
const WITHIN = 24 * 3_600_000

export const askApproval =
  (dependencies: ActivityDependencies): CarryOutActivities['askApproval'] =>
  async ({ decision: id, step: index }): Promise<AskedApproval> => {
    const { store, settings, now } = dependencies
    const carried = await carriedOut(store, id)
    const { decision, rule } = carried
    const account = accountOf(dependencies, decision.account)
    const step = index === 'rule' ? null : stepOf(rule, index, 'ask')
    const stopped = await stopNote(store, account.name)
    if (stopped !== null) return { stopped }
    const asked = step === null ? approversOf(settings(), account.name) : approverNamed(settings(), account.name, step.to)
    if (asked.length === 0) return { approval: null, note: noApprover(account, step) }

    const at = now()
    const approval = approvalId(id, index)
    const question = await questionOf(dependencies, account, carried, step)
    const steps = step === null ? rule.then : rule.then.slice((index as number) + 1)
    const opened = await inTransaction(store, async (transaction): Promise<AskedApproval> => {
      const values = await approvedValues(transaction, decision, steps)
      const row = await openApproval(transaction, {
        id: approval,
        decision: id,
        account: account.name,
        values,
        askedAt: at,
        expiresAt: at + (step?.within ?? WITHIN),
      })
      const until = row.expires_at
      const names = asked.map(({ name }) => name).join(', ')
      const title = `Waits for the approval of ${names} until ${formatLocalMinute(until, account.timezone)}`
      await setProgress(transaction, id, { progress: 'waiting', note: `${title}.`, at })
      const messages: MessageToSend[] = []
      for (const recipient of asked) {
        const { message } = await intendMessage(transaction, {
          id: `${approval}-${recipient.name}`,
          decision: id,
          account: account.name,
          recipient: recipient.name,
          text: question(recipient),
          of_rule: 1,
          buttons_json: JSON.stringify(approvalButtons(approval, recipient.language)),
          created_at: at,
        })
        messages.push(toSend(dependencies, message))
      }
      return { approval, until, title, messages }
    })
    const whom = asked.map(({ name }) => name).join(', ')
    dependencies.announce(`${rule.id} · ${whatAndWhy(carried, account, 'en')} (waits for the approval of ${whom})`)
    return opened
  }

/** Returns the step's own question with its values, or what the whole rule would do and why. */
async function questionOf(
  { store }: ActivityDependencies,
  account: Account,
  carried: CarriedOut,
  step: Extract<Step, { kind: 'ask' }> | null,
): Promise<(recipient: Recipient) => string> {
  const { rule } = carried
  if (step !== null) {
    const parts = partsOf(step.text, await factsOfDecision(store, account, carried))
    return ({ language }) => renderMessage(parts, { language, currency: account.currency })
  }
  const launches = await launchesOf(store, rule.then)
  return ({ language }) => {
    const shown = [whatAndWhy(carried, account, language), ...launches.map((launch) => launchInWords(launch, language))].join(
      '\n',
    )
    return approvalQuestion({ rule: rule.id, description: rule.description, summary: shown }, language)
  }
}

/** The launches of these steps, so that the question shows what would be created. */
async function launchesOf(store: Store, steps: readonly Step[]): Promise<LaunchSpec[]> {
  const found: LaunchSpec[] = []
  for (const step of steps) {
    const stored = step.kind === 'launch' ? await findLoadedLaunch(store, step.key) : undefined
    if (stored !== undefined) found.push(stored.spec)
  }
  return found
}

const whatAndWhy = ({ decision, rule }: CarriedOut, { currency }: Account, language: Language): string =>
  firingText(rule, entityOfRow(decision), traceOfRow(decision), { language, currency, result: null })

/** Returns the recipients who may approve for an account. */
export const approversOf = ({ recipients }: Settings, account: string): readonly Recipient[] =>
  recipients.filter(({ may, accounts }) => may.includes('approve') && (accounts.length === 0 || accounts.includes(account)))

const approverNamed = (settings: Settings, account: string, name: string): readonly Recipient[] =>
  approversOf(settings, account).filter((recipient) => recipient.name === name)

const noApprover = ({ name }: Account, step: { readonly to: string } | null): string =>
  step === null
    ? `Nobody can approve it: tetik.yaml has no recipient for ${name} who \`may: [approve]\``
    : `${step.to} may not approve anything for ${name}: tetik.yaml does not say \`may: [approve]\``

export const settleApproval =
  ({ store, now }: ActivityDependencies): CarryOutActivities['settleApproval'] =>
  async ({ approval, answer }) => {
    // A workflow of an earlier tetik passes on the signalled answer, which is only a hint to read the stored one.
    const isEnd = answer === 'expired' || answer === 'withdrawn'
    return await inTransaction(store, async (transaction) => {
      const at = now()
      const settled = isEnd
        ? await answerApproval(transaction, approval, { state: answer, by: null, at })
        : await findApproval(transaction, approval)
      if (settled === undefined) return { answer: 'withdrawn', by: null }
      // The workflow uses this answer from here on, so it can no longer be taken back.
      const isAnswered = settled.state === 'approved' || settled.state === 'rejected'
      if (isAnswered) await setProgress(transaction, settled.decision, { progress: 'running', at })
      return { answer: settled.state, by: settled.answered_by }
    })
  }
