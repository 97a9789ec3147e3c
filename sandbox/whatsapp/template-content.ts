/** Reads a template message: checks its values against the template, and renders its text as the person will see it. */

import { isRecord } from '../protocol/parameters.js'
import { type Json, list, record, text } from './checks.js'
import type { Choice, Content } from './content.js'
import { whatsappError } from './errors.js'
import { componentOf, filledIn, quickReplies, type Template, type TemplateStore, variablesOf } from './template-store.js'

/** @throws GraphError 131008, 131009, 132000, 132001, 132005, 132012 or 132018 */
export function readTemplate(given: Json, templates: TemplateStore): Content {
  const name = text(given.name, 'template.name', 512)
  const language = record(given.language, 'template.language')
  const code = text(language.code, 'template.language.code', 16)
  const found = templates.find(name, code)
  if (found?.status !== 'APPROVED') throw whatsappError(132001, `template name (${name}) does not exist in ${code}`)
  const components = given.components === undefined ? [] : list(given.components, 'template.components')
  const values = new Map<string, Map<string, string>>()
  const payloads = new Map<number, string>()
  const titles = quickReplies(found)
  let hasMedia = false
  components.forEach((entry, index) => {
    const where = `template.components[${index}]`
    const component = record(entry, where)
    const type = String(component.type).toUpperCase()
    if (type === 'BUTTON') {
      const [place, payload] = quickReply(component, where)
      if (titles[place] === undefined) throw whatsappError(132000, `template has no button ${place}`)
      payloads.set(place, payload)
      return
    }
    const part = componentOf(found, type)
    const parameters = component.parameters === undefined ? [] : list(component.parameters, `${where}.parameters`)
    if ((type !== 'BODY' && type !== 'HEADER') || part === undefined) {
      throw whatsappError(132000, `template has no ${type.toLowerCase()} with parameters`)
    }
    if (type === 'HEADER' && part.format !== 'TEXT') {
      readMedia(parameters, String(part.format).toLowerCase())
      hasMedia = true
      return
    }
    values.set(type, new Map(parameters.map((parameter, at) => bodyParameter(parameter, found, at))))
  })
  const header = componentOf(found, 'HEADER')
  if (header !== undefined && header.format !== 'TEXT' && header.format !== 'LOCATION' && !hasMedia) {
    throw whatsappError(132012, `header: the template needs a parameter of type ${String(header.format).toLowerCase()}`)
  }
  const body = filled(found, 'BODY', values) ?? ''
  if (body.length > 1024) throw whatsappError(132005, `translated text is longer than 1024 characters: it has ${body.length}`)
  const headerText = filled(found, 'HEADER', values)
  const footer = componentOf(found, 'FOOTER')?.text
  // Without a payload of its own, a tap returns the button's title.
  const choices = titles.map((title, index): Choice => ({ id: payloads.get(index) ?? title, title }))
  return {
    text: body,
    template: `${name} (${code})`,
    ...(headerText === undefined ? {} : { header: headerText }),
    ...(footer === undefined ? {} : { footer }),
    ...(choices.length === 0 ? {} : { choices }),
  }
}

/** @throws GraphError 132000 if the values do not match the variables of the text */
function filled(
  template: Template,
  type: 'BODY' | 'HEADER',
  given: ReadonlyMap<string, Map<string, string>>,
): string | undefined {
  const written = componentOf(template, type)?.text
  if (written === undefined) return undefined
  const variables = variablesOf(written)
  const values = given.get(type) ?? new Map<string, string>()
  if (values.size === variables.length && variables.every((name) => values.has(name))) return filledIn(written, values)
  throw whatsappError(
    132000,
    `${type.toLowerCase()}: number of localizable_params (${values.size}) does not match the expected number of params (${variables.length})`,
  )
}

function readMedia(parameters: readonly unknown[], kind: string): void {
  const [first] = parameters
  const given = isRecord(first) ? first : {}
  const media = given[kind]
  if (given.type !== kind || !isRecord(media) || (typeof media.id !== 'string' && typeof media.link !== 'string')) {
    throw whatsappError(132012, `header: the template needs a parameter of type ${kind}`)
  }
}

function quickReply(component: Json, name: string): [place: number, payload: string] {
  if (String(component.sub_type).toLowerCase() !== 'quick_reply') {
    throw whatsappError(132012, `'${name}.sub_type' must be quick_reply`)
  }
  const place = Number(component.index)
  if (!Number.isInteger(place) || place < 0 || place > 9) throw whatsappError(132012, `'${name}.index' must be 0 to 9`)
  const [parameter] = list(component.parameters, `${name}.parameters`)
  const given = record(parameter, `${name}.parameters[0]`)
  if (given.type !== 'payload') throw whatsappError(132012, 'a quick reply takes a parameter of type payload')
  return [place, text(given.payload, `${name}.parameters[0].payload`, 128)]
}

/** Returns a parameter's value, by its name for a template with named parameters, else by its position. */
function bodyParameter(entry: unknown, { format }: Template, at: number): [name: string, value: string] {
  const parameter = record(entry, 'parameters')
  if (String(parameter.type).toLowerCase() !== 'text') throw whatsappError(132012, 'the body takes parameters of type text')
  const value = text(parameter.text, 'parameters.text', 1024)
  // Often reported in practice, although no list of limits contains it: a parameter must be a single line.
  if (/[\n\r\t]| {5,}/.test(value)) {
    throw whatsappError(132018, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces')
  }
  if (format === 'POSITIONAL') return [String(at + 1), value]
  if (typeof parameter.parameter_name !== 'string') throw whatsappError(132012, 'a named parameter needs parameter_name')
  return [parameter.parameter_name, value]
}
