/**
 * Checks whether a template may be created or edited, by Meta's documentation of message templates ("Template components",
 * "Template management"), with the documented error codes.
 */

import { refused } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import { type Component, type TemplateContent, variablesOf } from './template-store.js'

const LANGUAGE = /^[a-z]{2,3}(?:_[A-Z]{2,4})?$/
const BUTTON_TEXT = 25
const URL_LENGTH = 2000
/** The characters that a body needs per variable; with fewer, Meta reports too many variables. */
const CHARACTERS_PER_VARIABLE = 3

const COUNTS: Readonly<Record<string, number>> = { QUICK_REPLY: 10, URL: 2, PHONE_NUMBER: 1, COPY_CODE: 1 }

const malformed = (message: string): never => {
  throw refused(2388043, 'Message template components are not as they must be', message, ['components'])
}

/** @throws GraphError 100 with the subcode of the problem */
export function checkTemplate({ name, language, format, components }: TemplateContent): void {
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    throw refused(2388007, 'Invalid template name', 'A name has 1 to 512 lower-case letters, digits and underscores.', ['name'])
  }
  if (!LANGUAGE.test(language)) throw refused(2388020, 'Invalid language', `${language} is no language code.`, ['language'])
  const types = components.map(({ type }) => type)
  const twice = types.find((type, index) => types.indexOf(type) !== index)
  if (twice !== undefined) malformed(`There are two components of type ${twice}.`)
  const unknown = types.find((type) => !['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].includes(type))
  if (unknown !== undefined) malformed(`${unknown} is no type of component.`)
  if (!types.includes('BODY')) malformed('A template needs a BODY.')
  for (const component of components) {
    if (component.type === 'HEADER') checkHeader(component, format)
    if (component.type === 'BODY') checkBody(component, format)
    if (component.type === 'FOOTER') checkFooter(component)
    if (component.type === 'BUTTONS') checkButtons(component)
  }
}

function textOf({ type, text }: Component, longest: number): string {
  if (typeof text !== 'string' || text.trim() === '')
    return malformed(`component of type ${type} is missing expected field(s) (text)`)
  if (text.length <= longest) return text
  throw refused(2388040, 'Character limit exceeded', `The ${type} has ${text.length} characters, and ${longest} are the most.`)
}

function checkHeader(component: Component, format: TemplateContent['format']): void {
  const kind = component.format
  if (kind === 'LOCATION') return
  if (kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT') {
    const handle = isRecord(component.example) ? component.example.header_handle : undefined
    if (!Array.isArray(handle) || handle.length === 0) {
      throw refused(2388047, 'Header is wrong', `A header of format ${kind} needs an example with header_handle.`)
    }
    return
  }
  if (kind !== 'TEXT') throw refused(2388047, 'Header is wrong', `${String(kind)} is no format of a header.`)
  const text = textOf(component, 60)
  const variables = variablesOf(text)
  if (variables.length > 1) throw refused(2388047, 'Header is wrong', 'A header has one variable at most.')
  if (/\n/.test(text)) throw refused(2388047, 'Header is wrong', 'A header has no line breaks.')
  checkExample(component, variables, format, 'header_text')
}

function checkBody(component: Component, format: TemplateContent['format']): void {
  const text = textOf(component, 1024)
  const variables = variablesOf(text)
  const isNamed = format === 'NAMED'
  const wrong = variables.find((name, index) => (isNamed ? !/^[a-z][a-z0-9_]*$/.test(name) : name !== String(index + 1)))
  if (wrong !== undefined) {
    const how = isNamed ? 'lower-case letters, digits and underscores' : 'whole numbers from {{1}} on, without gaps'
    throw refused(2388072, 'Body is wrong', `The variable {{${wrong}}} is not as it must be: ${how}.`)
  }
  if (/^\s*\{\{|\}\}\s*$/.test(text)) {
    throw refused(2388299, 'Variables cannot be at the start or end', 'The body begins or ends with a variable.')
  }
  if (/\}\}\s*\{\{/.test(text)) throw refused(2388072, 'Body is wrong', 'Two variables follow one another.')
  const own = text.replace(/\{\{[^{}]*\}\}/g, '').replace(/\s/g, '').length
  if (own < variables.length * CHARACTERS_PER_VARIABLE) {
    throw refused(2388293, 'Too many variables for its length', 'The body has too many variables for its length.')
  }
  checkExample(component, variables, format, 'body_text')
}

/** Checks the sample values of the variables, which Meta's review needs. */
function checkExample(
  { type, example }: Component,
  variables: readonly string[],
  format: TemplateContent['format'],
  key: 'header_text' | 'body_text',
): void {
  if (variables.length === 0) return
  const given = isRecord(example) ? example : {}
  if (format === 'NAMED') {
    const named = given[`${key}_named_params`]
    const names = Array.isArray(named) ? named.filter(isRecord).map(({ param_name: name }) => name) : []
    const lacking = variables.find((name) => !names.includes(name))
    if (lacking !== undefined) malformed(`component of type ${type} is missing expected field(s) (example of {{${lacking}}})`)
    return
  }
  const [first] = Array.isArray(given[key]) ? (given[key] as unknown[]) : []
  const values = key === 'header_text' ? given[key] : first
  if (!Array.isArray(values) || values.length !== variables.length) {
    malformed(`component of type ${type} is missing expected field(s) (example)`)
  }
}

function checkFooter(component: Component): void {
  const text = textOf(component, 60)
  if (variablesOf(text).length > 0) throw refused(2388073, 'Footer is wrong', 'A footer has no variables.')
}

function checkButtons({ buttons }: Component): void {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 10 || !buttons.every(isRecord)) {
    return malformed('BUTTONS has 1 to 10 buttons.')
  }
  const types = buttons.map(({ type }) => String(type))
  for (const [index, button] of buttons.entries()) {
    const type = types[index] ?? ''
    const most = COUNTS[type]
    if (most === undefined) return malformed(`${type} is no type of button here.`)
    if (types.filter((one) => one === type).length > most) return malformed(`There may be ${most} buttons of type ${type}.`)
    if (type === 'COPY_CODE') continue
    if (typeof button.text !== 'string' || button.text === '') return malformed(`A button of type ${type} needs a text.`)
    if (button.text.length > BUTTON_TEXT) {
      throw refused(2388040, 'Character limit exceeded', `A button has ${BUTTON_TEXT} characters at most.`)
    }
    if (
      type === 'URL' &&
      (typeof button.url !== 'string' || button.url.length > URL_LENGTH || !/^https?:\/\//.test(button.url))
    ) {
      return malformed('A button of type URL needs a url.')
    }
    if (type === 'PHONE_NUMBER' && typeof button.phone_number !== 'string') return malformed('A button needs a phone_number.')
  }
  const isQuick = types.map((type) => type === 'QUICK_REPLY')
  const changes = isQuick.filter((quick, index) => index > 0 && quick !== isQuick[index - 1]).length
  if (changes > 1) malformed('Quick replies must be grouped together, separate from other buttons.')
}

const PROMOTIONAL = /indirim|kampanya|fırsat|ücretsiz|hediye|kupon|%\s*\d|\bsale\b|discount|\boffer\b|\bdeal\b|coupon|\d\s*%/iu

/** Returns the template's category. A utility template with promotional wording becomes a marketing template, as at Meta. */
export function categoryOf({ category, components }: TemplateContent): string {
  const text = components.map((component) => component.text ?? '').join('\n')
  return category === 'UTILITY' && PROMOTIONAL.test(text) ? 'MARKETING' : category
}
