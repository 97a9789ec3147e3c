/** Checks the phone number at WhatsApp, and the templates for messages outside of the 24-hour window. */

import { WhatsAppError } from '../../connectors/connector-error.js'
import type { MessageTemplate } from '../../connectors/whatsapp/business.js'
import type { WhatsAppClient } from '../../connectors/whatsapp/client.js'
import { createWhatsAppClient } from '../../connectors/whatsapp/create-client.js'
import type { Recipient } from '../../engine/account/account.js'
import { APPROVAL_TEMPLATE, TEMPLATE } from '../../temporal.config.js'
import type { ServiceSettings } from '../settings/settings.js'
import { PATIENCE } from './accounts.js'
import { fail, type Finding, ok, warn } from './finding.js'

const CHECK = 'WhatsApp'
const TEMPLATE_CHECK = 'template'

type Asked = Pick<ServiceSettings, 'meta' | 'whatsapp' | 'sandbox'>

export async function checkWhatsapp(recipients: readonly Recipient[], { meta, whatsapp, sandbox }: Asked): Promise<Finding[]> {
  const missing = [
    ['WHATSAPP_PHONE_ID', whatsapp.phoneId],
    ['WHATSAPP_ACCESS_TOKEN', whatsapp.accessToken],
    ['WHATSAPP_APP_SECRET', whatsapp.appSecret],
    ['WHATSAPP_VERIFY_TOKEN', whatsapp.verifyToken],
  ].flatMap(([name, value]) => (value === null ? [name] : []))
  const { phoneId, accessToken } = whatsapp
  const findings =
    missing.length === 0
      ? []
      : [
          warn(
            CHECK,
            `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
            'Set them in .env; without them, messages cannot be sent or answers cannot be received.',
          ),
        ]
  if (phoneId === null || accessToken === null) return findings
  const client = createWhatsAppClient({
    baseUrl: whatsapp.graphUrl,
    version: meta.version,
    phoneId,
    appSecret: whatsapp.appSecret ?? undefined,
    token: () => accessToken,
    timeouts: PATIENCE,
  })
  try {
    findings.push(await phoneFinding(client), ...(await templateFindings(client, whatsapp.businessAccountId, recipients)))
    return findings
  } catch (error) {
    if (!(error instanceof WhatsAppError)) throw error
    if (sandbox.enabled && error.kind === 'unreachable') {
      return [
        ...findings,
        ok(CHECK, 'Not checked: the sandbox, which receives the messages, is not running; `tetik up` starts it.'),
      ]
    }
    return [...findings, refusal(error)]
  } finally {
    await client.close()
  }
}

async function phoneFinding(client: WhatsAppClient): Promise<Finding> {
  const { verifiedName, status, quality } = await client.readPhone()
  if (status !== null && status !== 'CONNECTED') {
    return fail(CHECK, `The business’s number is ${status}, so it cannot send.`, 'Check it in WhatsApp Manager.')
  }
  if (quality === 'RED') {
    return warn(
      CHECK,
      'Many people blocked or reported the business’s number: WhatsApp may stop it.',
      'Send fewer messages, to fewer people.',
    )
  }
  return ok(CHECK, `The business’s number${verifiedName === null ? '' : `, “${verifiedName}”,`} can send.`)
}

/** Checks the templates in each language of the recipients. */
async function templateFindings(
  client: WhatsAppClient,
  businessAccountId: string | null,
  recipients: readonly Recipient[],
): Promise<Finding[]> {
  const approvers = recipients.filter(({ may }) => may.includes('approve'))
  const wanted = [
    { name: TEMPLATE, people: recipients },
    ...(approvers.length === 0 ? [] : [{ name: APPROVAL_TEMPLATE, people: approvers }]),
  ]
  if (businessAccountId === null) {
    const advice = 'Set WHATSAPP_BUSINESS_ACCOUNT_ID in .env so that the doctor can check it.'
    return [warn(TEMPLATE_CHECK, `It is not known whether ${TEMPLATE} is approved.`, advice)]
  }
  const findings: Finding[] = []
  for (const { name, people } of wanted) {
    findings.push(templateFinding(name, people, await client.listTemplates(businessAccountId, name)))
  }
  return findings
}

function templateFinding(name: string, recipients: readonly Recipient[], found: readonly MessageTemplate[]): Finding {
  const languages = [...new Set(recipients.map(({ language }) => language))].sort()
  const faults = languages.flatMap((language) => {
    const status = found.find((template) => template.language === language)?.status ?? 'missing'
    return status === 'APPROVED' ? [] : [`${language}: ${status}`]
  })
  if (faults.length > 0) {
    const detail = `${name} cannot be sent (${faults.join(', ')}).`
    return fail(
      TEMPLATE_CHECK,
      detail,
      'Have it approved in WhatsApp Manager: without it, people who have not written for 24 hours get no messages.',
    )
  }
  return ok(TEMPLATE_CHECK, `${name} is approved${languages.length === 0 ? '' : ` (${languages.join(', ')})`}.`)
}

function refusal(error: WhatsAppError): Finding {
  const detail = error.message.split('\n', 1)[0] ?? ''
  switch (error.kind) {
    case 'authentication':
      return fail(CHECK, detail, 'Set WHATSAPP_ACCESS_TOKEN to a valid token.')
    case 'unreachable':
    case 'timed-out':
    case 'temporarily-unavailable':
    case 'rate-limited':
      return warn(CHECK, detail, 'Try again later.')
    default:
      return fail(
        CHECK,
        detail,
        'Check WHATSAPP_PHONE_ID and WHATSAPP_BUSINESS_ACCOUNT_ID, and that the token has access to them.',
      )
  }
}
