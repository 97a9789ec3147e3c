/** Checks a message against the Cloud API's shapes and limits, and reads its content as the person will see it. */

import { invalid, type Json, list, onlyKeys, optional, record, text } from './checks.js'
import { whatsappError } from './errors.js'
import { readTemplate } from './template-content.js'
import type { TemplateStore } from './template-store.js'

/** A button or list row; the reply contains its id. */
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
  /** The label of the button that opens a list. */
  readonly button?: string
  readonly template?: string
}

/** @throws GraphError 100, 131008, 131009, 131051, 132000, 132001, 132005, 132012 or 132018 */
export function readContent(type: string, body: Json, templates: TemplateStore): Content {
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
      return readTemplate(record(body.template, 'template'), templates)
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
