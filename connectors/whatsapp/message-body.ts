/** Builds the JSON bodies of messages, and checks WhatsApp's limits before anything is sent. Characters are UTF-16 units. */

import type { ButtonsMessage, TemplateMessage, TextMessage } from './client.js'

/** Why a message cannot be sent: `reason` for code, `why` for people. */
export interface Fault {
  readonly reason: string
  readonly why: string
}

/** Cloud API, "Messages" and "Message templates". */
const LIMITS = {
  text: 4096,
  buttonsText: 1024,
  footer: 60,
  buttons: 3,
  buttonId: 256,
  buttonTitle: 20,
  templateName: 512,
  /** The limit for a template's whole body, which a single parameter must not exceed either. */
  parameter: 1024,
  reference: 512,
  payload: 128,
} as const

const tooLong = (what: string, text: string, limit: number): Fault | null =>
  text.length > limit ? { reason: 'too-long', why: `${what} may have ${limit} characters and has ${text.length}` } : null

const blank = (what: string, text: string): Fault | null =>
  text.trim() === '' ? { reason: 'empty', why: `${what} must not be empty` } : null

const firstOf = (faults: readonly (Fault | null)[]): Fault | null => faults.find((fault) => fault !== null) ?? null

/** Whether the address is a business-scoped user id, which identifies a person who hides their number. */
export const isUserId = (to: string): boolean => /^[A-Z]{2}\.[A-Za-z0-9._-]{1,132}$/.test(to)

export function faultOfAddress({ to, reference }: { readonly to: string; readonly reference: string }): Fault | null {
  if (!/^\+[1-9]\d{6,14}$/.test(to) && !isUserId(to)) {
    return { reason: 'malformed-phone', why: 'the recipient’s number must be + and the country code, then digits only' }
  }
  return firstOf([blank('the reference', reference), tooLong('the reference', reference, LIMITS.reference)])
}

export const faultOfText = ({ text }: TextMessage): Fault | null =>
  firstOf([blank('the text', text), tooLong('the text', text, LIMITS.text)])

export function faultOfButtons({ text, footer, buttons }: ButtonsMessage): Fault | null {
  const count =
    buttons.length < 1 || buttons.length > LIMITS.buttons
      ? { reason: 'number-of-buttons', why: `a message has 1 to ${LIMITS.buttons} buttons, not ${buttons.length}` }
      : null
  const twice = (key: 'id' | 'title'): Fault | null =>
    new Set(buttons.map((button) => button[key])).size < buttons.length
      ? { reason: 'same-button', why: `two buttons have the same ${key}` }
      : null
  return firstOf([
    blank('the text', text),
    tooLong('the text', text, LIMITS.buttonsText),
    footer === undefined ? null : tooLong('the footer', footer, LIMITS.footer),
    count,
    ...buttons.flatMap(({ id, title }) => [
      blank('a button’s id', id),
      tooLong('a button’s id', id, LIMITS.buttonId),
      blank('a button’s title', title),
      tooLong(`the button “${title}”`, title, LIMITS.buttonTitle),
    ]),
    twice('id'),
    twice('title'),
  ])
}

export function faultOfTemplate({ name, language, parameters, quickReplies = [] }: TemplateMessage): Fault | null {
  const named = /^[a-z0-9_]+$/.test(name) && name.length <= LIMITS.templateName
  return firstOf([
    named ? null : { reason: 'malformed-template', why: 'a template’s name is lower-case letters, digits and _' },
    /^[a-z]{2,3}(?:_[A-Za-z]{2,4})?$/.test(language)
      ? null
      : { reason: 'malformed-language', why: 'a language is written like tr or en_US' },
    ...namedParameters(parameters).flatMap(([parameter, text]) => [
      blank(`the parameter ${parameter}`, text),
      tooLong(`the parameter ${parameter}`, text, LIMITS.parameter),
    ]),
    ...quickReplies.flatMap((payload) => [
      blank('a quick reply’s payload', payload),
      tooLong('a quick reply’s payload', payload, LIMITS.payload),
    ]),
  ])
}

export const textBody = ({ text }: TextMessage) => ({ type: 'text', text: { body: text, preview_url: false } })

export const buttonsBody = ({ text, footer, buttons }: ButtonsMessage) => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text },
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    action: { buttons: buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
  },
})

export function templateBody({ name, language, parameters, quickReplies = [] }: TemplateMessage) {
  const named = !Array.isArray(parameters)
  const body = namedParameters(parameters).map(([parameter, text]) => ({
    type: 'text',
    text,
    ...(named ? { parameter_name: parameter } : {}),
  }))
  const components = [
    ...(body.length === 0 ? [] : [{ type: 'body', parameters: body }]),
    ...quickReplies.map((payload, index) => ({
      type: 'button',
      sub_type: 'quick_reply',
      index: String(index),
      parameters: [{ type: 'payload', payload }],
    })),
  ]
  return {
    type: 'template',
    template: { name, language: { code: language }, ...(components.length === 0 ? {} : { components }) },
  }
}

/** Returns the parameters by name. Line breaks, tabs and long runs of spaces, which Meta refuses, become single spaces. */
const namedParameters = (parameters: TemplateMessage['parameters']): [string, string][] =>
  Object.entries(Array.isArray(parameters) ? Object.fromEntries(parameters.map((text, at) => [at + 1, text])) : parameters).map(
    ([name, text]: [string, string]) => [name, text.replace(/\s*[\n\r\t]\s*| {4,}/g, ' ').trim()],
  )
