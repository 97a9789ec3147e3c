/** Asks Meta about each account of `tetik.yaml`: whether the token may read it, and whether both speak of the same account. */

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { MetaAccount } from '../../connectors/meta/node.js'
import type { Account } from '../../engine/account/account.js'
import type { ServiceSettings } from '../settings.js'

import { fail, ok, warn, type Finding } from './finding.js'

/** A doctor does not wait as long as a worker. Milliseconds. */
export const PATIENCE = { connect: 3_000, headers: 15_000, total: 20_000 } as const

/** Meta's `account_status`; 1 is active. Source: Marketing API, "Ad Account". */
const STATUSES: Readonly<Record<number, string>> = {
  2: 'disabled',
  3: 'unsettled: a payment is open',
  7: 'under review for its risk',
  8: 'waiting for its settlement',
  9: 'in a grace period: a payment is open',
  100: 'about to be closed',
  101: 'closed',
}

type Asked = Pick<ServiceSettings, 'meta' | 'variables' | 'sandbox'>

export async function checkAccounts(accounts: readonly Account[], settings: Asked): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const account of accounts) findings.push(...(await checkAccount(account, settings)))
  return findings
}

async function checkAccount(account: Account, { meta, variables, sandbox }: Asked): Promise<Finding[]> {
  const check = `account ${account.name}`
  const token = variables[account.tokenVariable]
  if (token === undefined) return [fail(check, `Its token is not set.`, `Set ${account.tokenVariable} in .env.`)]
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
      return [ok(check, 'The sandbox, which has it, does not run; `tetik up` starts it.')]
    }
    return [refusal(check, account, error)]
  } finally {
    await (client satisfies MetaClient).close()
  }
}

/** What `tetik.yaml` and Meta say differently would make every amount or every day wrong. */
function agreement(check: string, account: Account, found: MetaAccount): Finding[] {
  const findings: Finding[] = []
  if (found.currency !== account.currency) {
    const detail = `tetik.yaml says ${account.currency}, Meta bills in ${found.currency}.`
    findings.push(fail(check, detail, `Write \`currency: ${found.currency}\`.`))
  }
  if (found.timezone_name !== account.timezone) {
    const detail = `tetik.yaml says ${account.timezone}, Meta’s days are those of ${found.timezone_name}.`
    findings.push(fail(check, detail, `Write \`timezone: ${found.timezone_name}\`.`))
  }
  if (found.account_status !== 1) {
    const status = STATUSES[found.account_status] ?? `in the state ${found.account_status}`
    findings.push(warn(check, `Meta says that it is ${status}.`, 'Look at it in Ads Manager.'))
  }
  if (findings.length > 0) return findings
  return [ok(check, `Meta knows it as “${found.name}” (${found.currency}, ${found.timezone_name}).`)]
}

function refusal(check: string, { id, tokenVariable }: Account, error: MetaError): Finding {
  const detail = error.message.split('\n', 1)[0] ?? ''
  switch (error.kind) {
    case 'authentication':
      return fail(check, detail, `Put a token that is valid into ${tokenVariable}.`)
    case 'permission':
    case 'not-found':
      return fail(check, detail, `Is ${id} right, and may the token of ${tokenVariable} see it (ads_read, ads_management)?`)
    case 'unreachable':
    case 'timed-out':
    case 'temporarily-unavailable':
    case 'rate-limited':
      return warn(check, detail, 'Try again in a while.')
    default:
      return fail(check, detail, 'Look at what Meta says.')
  }
}
