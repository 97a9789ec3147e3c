/** Checks each account of `tetik.yaml` at Meta: whether the token can read it, and whether currency and time zone agree. */

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { MetaAccount } from '../../connectors/meta/node.js'
import { accountState, disableReason, leftOfSpendCap } from '../../engine/account/account-state.js'
import type { Account } from '../../engine/account/account.js'
import { PREPAID, prepaidLeft } from '../../engine/account/prepaid.js'
import { moneyText } from '../../engine/text/value-text.js'
import type { ServiceSettings } from '../settings/settings.js'
import { fail, type Finding, ok, warn } from './finding.js'

/** Time limits of the doctor's calls, shorter than a worker's. Milliseconds. */
export const PATIENCE = { connect: 3_000, headers: 15_000, total: 20_000 } as const

/** Remaining share of a spending limit from which on the doctor warns. */
const NEARLY = 0.1

type Asked = Pick<ServiceSettings, 'meta' | 'variables' | 'sandbox'>

export async function checkAccounts(accounts: readonly Account[], settings: Asked): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const account of accounts) findings.push(...(await checkAccount(account, settings)))
  return findings
}

async function checkAccount(account: Account, { meta, variables, sandbox }: Asked): Promise<Finding[]> {
  const check = `account ${account.name}`
  const token = variables[account.tokenVariable]
  if (token === undefined) return [fail(check, 'Its token is not set.', `Set ${account.tokenVariable} in .env.`)]
  const client = createMetaClient({
    baseUrl: meta.graphUrl,
    version: meta.version,
    appSecret: meta.appSecret ?? undefined,
    token: () => token,
    timeouts: PATIENCE,
  })
  try {
    return agreement(check, account, await client.readAccount(account.id))
  } catch (error) {
    if (!(error instanceof MetaError)) throw error
    if (sandbox.enabled && error.kind === 'unreachable') {
      return [ok(check, 'Not checked: the sandbox, which has it, is not running; `tetik up` starts it.')]
    }
    return [refusal(check, account, error)]
  } finally {
    await (client satisfies MetaClient).close()
  }
}

/** A wrong currency or time zone in `tetik.yaml` would make every amount or every day wrong. */
function agreement(check: string, account: Account, found: MetaAccount): Finding[] {
  const findings: Finding[] = []
  if (found.currency !== account.currency) {
    const detail = `tetik.yaml says ${account.currency}, Meta bills in ${found.currency}.`
    findings.push(fail(check, detail, `Write \`currency: ${found.currency}\`.`))
  }
  if (found.timezone_name !== account.timezone) {
    const detail = `tetik.yaml says ${account.timezone}, Meta’s days are in ${found.timezone_name}.`
    findings.push(fail(check, detail, `Write \`timezone: ${found.timezone_name}\`.`))
  }
  findings.push(...moneyFindings(check, account, found))
  if (findings.length > 0) return findings
  return [ok(check, `At Meta it is “${found.name}” (${found.currency}, ${found.timezone_name}).`)]
}

/** Reports a stopped account, a failed payment or a used-up limit: nothing is delivered then, whatever the rules do. */
export function moneyFindings(check: string, { currency }: Pick<Account, 'currency'>, found: MetaAccount): Finding[] {
  const findings: Finding[] = []
  const state = accountState(found.account_status)
  if (state.kind !== 'active') {
    const reason = disableReason(found.disable_reason)
    const detail = `Meta reports it as ${state.text}${reason === null ? '' : ` (${reason})`}`
    findings.push(
      state.kind === 'stops'
        ? fail(check, `${detail}: it delivers nothing.`, 'Fix it in Ads Manager, under Billing & payments or Account quality.')
        : warn(check, `${detail}.`, 'Fix it in Ads Manager before delivery stops.'),
    )
  }
  const money = (minor: number): string => moneyText(minor, { language: 'en', currency })
  const prepaid = found.funding?.type === PREPAID ? prepaidLeft(found.funding.text, currency) : null
  if (prepaid !== null && prepaid <= 0) {
    findings.push(fail(check, 'Its prepaid balance has run out: it delivers nothing.', 'Add funds in Ads Manager.'))
  }
  const left = leftOfSpendCap(found.spend_cap, found.amount_spent)
  if (left === 0) {
    const limit = money(found.spend_cap!)
    findings.push(
      fail(check, `Its spending limit of ${limit} is used up: it delivers nothing.`, 'Raise or reset the limit in Ads Manager.'),
    )
  } else if (left !== null && left < found.spend_cap! * NEARLY) {
    const detail = `${money(left)} are left of its spending limit of ${money(found.spend_cap!)}; then delivery stops.`
    findings.push(warn(check, detail, 'Raise or reset the limit in Ads Manager in time.'))
  }
  return findings
}

function refusal(check: string, { id, tokenVariable }: Account, error: MetaError): Finding {
  const detail = error.message.split('\n', 1)[0] ?? ''
  switch (error.kind) {
    case 'authentication':
      return fail(check, detail, `Set ${tokenVariable} to a valid token.`)
    case 'permission':
    case 'not-found':
      return fail(
        check,
        detail,
        `Check that ${id} is right and that the token in ${tokenVariable} has access to it (ads_read, ads_management).`,
      )
    case 'unreachable':
    case 'timed-out':
    case 'temporarily-unavailable':
    case 'rate-limited':
      return warn(check, detail, 'Try again later.')
    default:
      return fail(check, detail, 'Meta’s message says what to do.')
  }
}
