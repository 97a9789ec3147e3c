/** Reads the error body of Graph APIs, and defines what an error can mean for us. */

import type { ConnectorErrorKind } from './connector-error.js'
import { type Json, parseJson } from './json.js'

export interface ErrorMeaning {
  readonly kind: ConnectorErrorKind
  readonly retryable: boolean
  /** Milliseconds to wait, if they follow from the code. */
  readonly retryAfter?: number
  /** Whether the change may have been made although the answer is an error. */
  readonly uncertain?: boolean
  /** A sentence for people, if Meta's own message is not clear to them. */
  readonly say?: string
}

export interface GraphErrorBody {
  readonly code: number
  readonly subcode: number | null
  readonly message: string
  readonly transient: boolean
  readonly userTitle: string | null
  readonly userMessage: string | null
  /** `error_data`, which is sent as an object or as JSON in a string. */
  readonly data: Json | null
  readonly trace: string | null
}

/** Reads the error of an answer; null when the answer is not a Graph error. */
export function readGraphError(answer: Json): GraphErrorBody | null {
  const error = fieldsOf(fieldsOf(answer)?.error)
  if (error === null || typeof error.code !== 'number') return null
  return {
    code: error.code,
    subcode: typeof error.error_subcode === 'number' ? error.error_subcode : null,
    message: textOf(error.message)?.replace(/^\(#-?\d+\)\s*/, '') ?? 'no message',
    transient: error.is_transient === true,
    userTitle: textOf(error.error_user_title),
    userMessage: textOf(error.error_user_msg),
    data: readErrorData(error.error_data),
    trace: textOf(error.fbtrace_id),
  }
}

/** Returns WhatsApp's explanation of an error, `error_data.details`. */
export const errorDetails = (data: Json | null): string | null => textOf(fieldsOf(data)?.details)

function readErrorData(data: Json | undefined): Json | null {
  if (typeof data !== 'string') return data ?? null
  try {
    return parseJson(data)
  } catch {
    return data
  }
}

function fieldsOf(value: Json | undefined): { readonly [key: string]: Json | undefined } | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
