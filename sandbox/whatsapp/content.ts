/** Checks what a message says against the Cloud API's shapes and limits, and reads it as the person will see it. */

import { isRecord } from '../graph/parameters.js'
import { invalidParameter } from '../graph/errors.js'
import { whatsappError } from './errors.js'
import { bodyText, findTemplate, parameterCount, quickReplies } from './templates.js'

/** Something to tap: the id comes back in the reply. */
export interface Choice {
  readonly id: string
  readonly title: string
  readonly description?: string
}

export interface Content {
  readonly text: string
  readonly header?: string
  readonly footer?: string
  readonly choices?: readonly Choice[]
  /** Label that opens a list. */
  readonly button?: string
  readonly template?: string
}

type Json = Record<string, unknown>

const invalid = (details: string): never => {
  throw whatsappError(131009, details)
}
const missing = (name: string): never => {
  throw whatsappError(131008, `Required parameter '${name}' is missing`)
}

function onlyKeys(object: Json, name: string, keys: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (!keys.includes(key)) throw invalidParameter(`Unexpected key "${key}" on param "${name}".`)
  }
}

function record(value: unknown, name: string): Json {
  if (value === undefined) return missing(name)
  return isRecord(value) ? value : invalid(`'${name}' must be an object`)
}

function list(value: unknown, name: string): unknown[] {
  if (value === undefined) return missing(name)
  return Array.isArray(value) ? (value as unknown[]) : invalid(`'${name}' must be an array`)
}

/** Text of 1 to `longest` characters. */
function text(value: unknown, name: string, longest: number): string {
  if (value === undefined || value === '') return missing(name)
  if (typeof value !== 'string') return invalid(`'${name}' must be a string`)
  return value.length > longest ? invalid(`'${name}' must be at most ${longest} characters long, it has ${value.length}`) : value
}

const optional = (value: unknown, read: (value: unknown) => string): string | undefined =>
  value === undefined ? undefined : read(value)

/** @throws GraphError 100, 131008, 131009, 131051, 132000, 132001, 132005, 132012 or 132018 */
export function readContent(type: string, body: Json): Content {
  switch (type) {
    case 'text': {
      const given = record(body.text, 'text')
      onlyKeys(given, 'text', ['body', 'preview_url'])
      if (given.preview_url !== undefined && typeof given.preview_url !== 'boolean') invalid("'preview_url' must be a boolean")
      return { text: text(given.body, 'text.body', 4096) }
    }
    case 'interactive':
      return interactive(record(body.interactive, 'interactive'))
    case 'template':
      return template(record(body.template, 'template'))
    default:
      throw whatsappError(131051, `Message type '${type}' is not supported here`)
  }
}

function interactive(given: Json): Content {
  onlyKeys(given, 'interactive', ['type', 'header', 'body', 'footer', 'action'])
  const isList = given.type === 'list'
  if (!isList && given.type !== 'button') invalid("'interactive.type' must be one of button, list")
  const body = record(given.body, 'interactive.body')
  const header = given.header === undefined ? undefined : record(given.header, 'interactive.header')
  if (header && header.type !== 'text') invalid("'interactive.header.type' must be text")
  const footer = given.footer === undefined ? undefined : record(given.footer, 'interactive.footer')
  const action = record(given.action, 'interactive.action')
  const headerText = optional(header?.text, (value) => text(value, 'interactive.header.text', 60))
  const footerText = optional(footer?.text, (value) => text(value, 'interactive.footer.text', 60))
  return {
    text: text(body.text, 'interactive.body.text', isList ? 4096 : 1024),
    ...(headerText === undefined ? {} : { header: headerText }),
    ...(footerText === undefined ? {} : { footer: footerText }),
    choices: isList ? listRows(action) : replyButtons(action),
    ...(isList ? { button: text(action.button, 'interactive.action.button', 20) } : {}),
  }
}

function replyButtons(action: Json): Choice[] {
  onlyKeys(action, 'interactive.action', ['buttons'])
  const buttons = list(action.buttons, 'interactive.action.buttons')
  if (buttons.length < 1 || buttons.length > 3) invalid('There must be 1 to 3 buttons')
  const choices = buttons.map((entry, index): Choice => {
    const name = `interactive.action.buttons[${index}]`
    const button = record(entry, name)
    if (button.type !== 'reply') invalid(`'${name}.type' must be reply`)
    const reply = record(button.reply, `${name}.reply`)
    return { id: text(reply.id, `${name}.reply.id`, 256), title: text(reply.title, `${name}.reply.title`, 20) }
  })
  unique(choices, 'id')
  unique(choices, 'title')
  return choices
}

function listRows(action: Json): Choice[] {
  onlyKeys(action, 'interactive.action', ['button', 'sections'])
  const sections = list(action.sections, 'interactive.action.sections')
  if (sections.length < 1 || sections.length > 10) invalid('There must be 1 to 10 sections')
  const choices = sections.flatMap((entry, index) => {
    const name = `interactive.action.sections[${index}]`
    const section = record(entry, name)
    if (sections.length > 1 || section.title !== undefined) text(section.title, `${name}.title`, 24)
    return list(section.rows, `${name}.rows`).map((given, place): Choice => {
      const row = record(given, `${name}.rows[${place}]`)
      const description = optional(row.description, (value) => text(value, `${name}.rows[${place}].description`, 72))
      return {
        id: text(row.id, `${name}.rows[${place}].id`, 200),
        title: text(row.title, `${name}.rows[${place}].title`, 24),
        ...(description === undefined ? {} : { description }),
      }
    })
  })
  if (choices.length < 1 || choices.length > 10) invalid('There must be 1 to 10 rows in all')
  unique(choices, 'id')
  return choices
}

function unique(choices: readonly Choice[], key: 'id' | 'title'): void {
  if (new Set(choices.map((choice) => choice[key])).size < choices.length) invalid(`Each ${key} must be used once`)
}

function template(given: Json): Content {
  onlyKeys(given, 'template', ['name', 'language', 'components', 'namespace'])
  const name = text(given.name, 'template.name', 512)
  const language = record(given.language, 'template.language')
  const code = text(language.code, 'template.language.code', 16)
  const found = findTemplate(name, code)
  if (!found) throw whatsappError(132001, `template name (${name}) does not exist in ${code}`)
  const components = given.components === undefined ? [] : list(given.components, 'template.components')
  const parameters: string[] = []
  const payloads = new Map<number, string>()
  const titles = quickReplies(found)
  components.forEach((entry, index) => {
    const component = record(entry, `template.components[${index}]`)
    const type = String(component.type).toLowerCase()
    if (type === 'button') {
      const [place, payload] = quickReply(component, `template.components[${index}]`)
      if (titles[place] === undefined) throw whatsappError(132000, `template has no button ${place}`)
      payloads.set(place, payload)
      return
    }
    if (type !== 'body') throw whatsappError(132000, `template has no ${type} with parameters`)
    for (const parameter of list(component.parameters, `template.components[${index}].parameters`))
      parameters.push(bodyParameter(parameter))
  })
  const expected = parameterCount(found)
  if (parameters.length !== expected) {
    throw whatsappError(
      132000,
      `body: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected})`,
    )
  }
  const body = bodyText(found, parameters)
  if (body.length > 1024) throw whatsappError(132005, `translated text is longer than 1024 characters: it has ${body.length}`)
  // Without a payload of its own, a tap says the button's title.
  const choices = titles.map((title, index): Choice => ({ id: payloads.get(index) ?? title, title }))
  return { text: body, template: `${name} (${code})`, ...(choices.length === 0 ? {} : { choices }) }
}

function quickReply(component: Json, name: string): [place: number, payload: string] {
  if (component.sub_type !== 'quick_reply') throw whatsappError(132012, `'${name}.sub_type' must be quick_reply`)
  const place = Number(component.index)
  if (!Number.isInteger(place) || place < 0 || place > 9) throw whatsappError(132012, `'${name}.index' must be 0 to 9`)
  const [parameter] = list(component.parameters, `${name}.parameters`)
  const given = record(parameter, `${name}.parameters[0]`)
  if (given.type !== 'payload') throw whatsappError(132012, 'a quick reply takes a parameter of type payload')
  return [place, text(given.payload, `${name}.parameters[0].payload`, 128)]
}

function bodyParameter(entry: unknown): string {
  const parameter = record(entry, 'parameters')
  if (String(parameter.type).toLowerCase() !== 'text') throw whatsappError(132012, 'the body takes parameters of type text')
  const value = text(parameter.text, 'parameters.text', 1024)
  // Met by many in practice, though in no list of limits: a parameter must be one line.
  if (/[\n\r\t]| {5,}/.test(value)) {
    throw whatsappError(132018, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces')
  }
  return value
}
