/** Error bodies of the Cloud API: like Graph's, with the details in `error_data`. Statuses are those Meta documents for each code. */

import { GraphError } from '../protocol/errors.js'

const KNOWN: Record<number, { title: string; status: number }> = {
  100: { title: 'Invalid parameter', status: 400 },
  80008: { title: 'There have been too many calls to this WhatsApp Business account', status: 400 },
  130429: { title: 'Rate limit hit', status: 400 },
  130472: { title: "User's number is part of an experiment", status: 400 },
  130497: { title: 'Business account is restricted from messaging users in this country.', status: 403 },
  131000: { title: 'Something went wrong', status: 500 },
  131005: { title: 'Access denied', status: 403 },
  131008: { title: 'Required parameter is missing', status: 400 },
  131009: { title: 'Parameter value is not valid', status: 400 },
  131016: { title: 'Service unavailable', status: 500 },
  131021: { title: 'Recipient cannot be sender', status: 400 },
  131026: { title: 'Message undeliverable', status: 400 },
  131030: { title: 'Recipient phone number not in allowed list', status: 400 },
  131042: { title: 'Business eligibility payment issue', status: 400 },
  131045: { title: 'Incorrect certificate', status: 500 },
  131047: { title: 'Re-engagement message', status: 400 },
  131048: { title: 'Spam rate limit hit', status: 400 },
  131049: { title: 'This message was not delivered to maintain healthy ecosystem engagement.', status: 400 },
  131050: { title: 'User has stopped marketing messages', status: 400 },
  131051: { title: 'Message type unknown', status: 400 },
  131053: { title: 'Media upload error', status: 400 },
  131056: { title: '(Business Account, Consumer Account) pair rate limit hit', status: 400 },
  131057: { title: 'Business account is in maintenance mode', status: 500 },
  132000: { title: 'Number of parameters does not match the expected number of params', status: 400 },
  132001: { title: 'Template name does not exist in the translation', status: 404 },
  132005: { title: 'Translated text too long', status: 400 },
  132012: { title: 'Parameter format does not match format in the created template', status: 400 },
  132015: { title: 'Template is Paused', status: 400 },
  132018: { title: 'Issue with the parameters in your template', status: 400 },
  133004: { title: 'Server temporarily unavailable', status: 503 },
}

const titleOf = (code: number): string => KNOWN[code]?.title ?? 'Something went wrong'

export function whatsappError(code: number, details: string): GraphError {
  return new GraphError(
    {
      message: `(#${code}) ${titleOf(code)}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
    },
    KNOWN[code]?.status ?? 400,
  )
}

/** The error as it appears in a status webhook. */
export const statusError = (code: number, details: string): Record<string, unknown> => ({
  code,
  title: titleOf(code),
  message: titleOf(code),
  error_data: { details },
  href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
})

export const OUTSIDE_WINDOW =
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.'
