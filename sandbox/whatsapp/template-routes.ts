/** `/{business account}/message_templates`: lists, creates and deletes templates; `/{template}` reads and edits one. */

import { WHATSAPP } from '../base/identity.js'
import { invalidParameter, nonexistingField, refused, unsupportedRequest } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { enumParameter, isRecord, jsonParameter, listParameter, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'
import { whatsappError } from './errors.js'
import { withoutUnknown } from './known-keys.js'
import type { Phone } from './phone.js'
import { categoryOf, checkTemplate } from './template-check.js'
import { COMPONENT } from './template-keys.js'
import type { Component, Template, TemplateContent } from './template-store.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The most templates of an account that is not verified. */
const MOST = 250
const AN_HOUR = 100
/** How long the name of a deleted template cannot be used again. */
const NAME_RESTS = 30 * DAY

const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const
const ALWAYS = ['id', 'name', 'language', 'status', 'category', 'components', 'parameter_format']
const EDITED_WITH = ['category', 'components', 'parameter_format', 'message_send_ttl_seconds', 'cta_url_link_tracking_opted_out']
const SOMETIMES = [
  'rejected_reason',
  'quality_score',
  'previous_category',
  'correct_category',
  'library_template_name',
  'message_send_ttl_seconds',
  'cta_url_link_tracking_opted_out',
  'sub_category',
  'degrees_of_freedom_spec',
  'last_updated_time',
]

export function templateEdge(call: Call, phone: Phone): unknown {
  const { method, parameters } = call
  swallowUnknown(call, { type: 'WhatsAppBusinessAccount', method, edge: 'message_templates', parameters })
  if (call.method === 'GET') return list(call, phone)
  return call.method === 'POST' ? create(call, phone) : remove(call, phone)
}

export function templateNode(call: Call, phone: Phone, template: Template): unknown {
  const { method, parameters } = call
  // The SDKs have no such object, so the known parameters come from the reference.
  swallowUnknown(call, { type: 'WhatsAppMessageTemplate', method, edge: '', parameters }, method === 'POST' ? EDITED_WITH : [])
  if (call.method === 'GET') return shown(template, fieldsOf(call))
  if (call.method === 'POST') return edit(call, phone, template)
  throw unsupportedRequest(call.method, template.id)
}

function fieldsOf(call: Call): string[] {
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  const wrong = asked.find((name) => !ALWAYS.includes(name) && !SOMETIMES.includes(name))
  if (wrong !== undefined) throw nonexistingField(wrong, 'WhatsAppMessageTemplate')
  return asked.length === 0 ? ALWAYS : [...new Set([...asked, 'id'])]
}

function shown(template: Template, fields: readonly string[]): Record<string, unknown> {
  const all: Record<string, unknown> = {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    components: template.components,
    parameter_format: template.format,
    quality_score: { score: 'UNKNOWN', date: Math.floor(template.createdTime / 1000) },
    rejected_reason: template.status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
    last_updated_time: new Date(template.editedTime ?? template.createdTime).toISOString(),
  }
  return Object.fromEntries(fields.filter((name) => name in all).map((name) => [name, all[name]]))
}

function list(call: Call, phone: Phone): unknown {
  const fields = fieldsOf(call)
  const has = (text: string, key: string): boolean => {
    const part = textParameter(call.parameters, key)
    return part === undefined || text.toLowerCase().includes(part.toLowerCase())
  }
  const isOneOf = (value: string, key: string): boolean => listParameter(call.parameters, key)?.includes(value) ?? true
  const all = phone.templates.all()
  const found = all.filter((template) => {
    const content = template.components.map(({ text }) => text ?? '').join('\n')
    return (
      isOneOf(template.status, 'status') &&
      isOneOf(template.language, 'language') &&
      isOneOf(template.category, 'category') &&
      isOneOf('UNKNOWN', 'quality_score') &&
      has(template.name, 'name') &&
      has(content, 'content') &&
      has(`${template.name}\n${content}`, 'name_or_content')
    )
  })
  const url = `${call.base}/${WHATSAPP.businessAccountId}/message_templates`
  const page = cutPage(found, ({ id }) => id, { url, parameters: withToken(call, call.parameters) })
  const counts = {
    total_count: found.length,
    message_template_count: all.length,
    message_template_limit: MOST,
    are_translations_complete: true,
  }
  const wanted = listParameter(call.parameters, 'summary')
  const summary = Object.fromEntries(Object.entries(counts).filter(([name]) => wanted?.includes(name) ?? false))
  return {
    data: page.items.map((template) => shown(template, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
    ...(wanted === undefined ? {} : { summary }),
  }
}

function create(call: Call, phone: Phone): unknown {
  const required = (name: string): string => {
    const value = textParameter(call.parameters, name)
    if (value === undefined) throw invalidParameter(`The parameter ${name} is required.`)
    return value
  }
  const category = enumParameter(call.parameters, 'category', CATEGORIES)
  if (category === undefined) throw invalidParameter('The parameter category is required.')
  const content: TemplateContent = {
    name: required('name'),
    language: required('language'),
    category,
    format: formatOf(call) ?? 'POSITIONAL',
    components: componentsOf(call) ?? [],
  }
  checkTemplate(content)
  const { templates } = phone
  if (templates.find(content.name, content.language) !== undefined) {
    const message = `There is already ${content.language} content for ${content.name}.`
    throw refused(2388024, 'Content in this language already exists', message)
  }
  const deletedAt = templates.deletedAt(content.name, content.language)
  if (deletedAt !== null && call.now - deletedAt < NAME_RESTS) {
    throw refused(
      2388023,
      'Message template language is being deleted',
      'Its name may be used again 30 days after it was deleted.',
    )
  }
  if (templates.all().length >= MOST) throw refused(2388019, 'Message template limit exceeded', `${MOST} templates are the most.`)
  if (templates.createdSince(call.now - HOUR) >= AN_HOUR)
    throw whatsappError(80008, 'Too many templates were created in an hour.')
  const template = templates.create({ ...content, category: categoryOf(content) }, review(call, phone))
  phone.reviewed(template)
  const { id, status } = template
  call.mutations.push({ object: id, field: 'template', before: null, after: content.name })
  return { id, status, category: template.category }
}

const review = (call: Call, { settings }: Phone) => ({
  decision: settings.template_review.outcome,
  decidedTime: call.now + settings.template_review.after,
})

/** Reads `parameter_format` in either case, because the SDKs use both. */
function formatOf(call: Call): TemplateContent['format'] | undefined {
  const given = textParameter(call.parameters, 'parameter_format')?.toUpperCase()
  if (given === undefined || given === 'POSITIONAL' || given === 'NAMED') return given
  throw invalidParameter('Param parameter_format must be one of {POSITIONAL, NAMED}')
}

function componentsOf(call: Call): Component[] | undefined {
  const given = withoutUnknown(call, jsonParameter(call.parameters, 'components'), COMPONENT, 'components')
  if (given === undefined) return undefined
  if (!Array.isArray(given) || !given.every(isRecord)) throw invalidParameter('Param components must be an array')
  return given.map((component): Component => ({ ...readButtons(component), type: String(component.type).toUpperCase() }))
}

function readButtons(component: Record<string, unknown>): Record<string, unknown> {
  const format = typeof component.format === 'string' ? { format: component.format.toUpperCase() } : {}
  if (!Array.isArray(component.buttons)) return { ...component, ...format }
  const buttons = component.buttons.map((button: unknown) =>
    isRecord(button) ? { ...button, type: String(button.type).toUpperCase() } : button,
  )
  return { ...component, ...format, buttons }
}

function edit(call: Call, phone: Phone, template: Template): unknown {
  const refuse = (message: string): never => {
    throw refused(2388025, 'Message template cannot be edited', message)
  }
  if (template.status === 'PENDING') refuse('It is being reviewed.')
  const category = enumParameter(call.parameters, 'category', CATEGORIES) ?? template.category
  if (template.status === 'APPROVED' && category !== template.category) refuse('The category of an approved template stays.')
  if (template.status === 'APPROVED' && template.editedTime !== null && call.now - template.editedTime < DAY) {
    refuse('An approved template may be edited once in 24 hours.')
  }
  const content: TemplateContent = {
    name: template.name,
    language: template.language,
    category,
    format: formatOf(call) ?? template.format,
    components: componentsOf(call) ?? template.components,
  }
  checkTemplate(content)
  phone.reviewed(phone.templates.edit(template.id, { ...content, category: categoryOf(content) }, review(call, phone)))
  call.mutations.push({ object: template.id, field: 'template', before: template.components, after: content.components })
  return { success: true }
}

function remove(call: Call, phone: Phone): unknown {
  const name = textParameter(call.parameters, 'name')
  const id = textParameter(call.parameters, 'hsm_id')
  const ids = listParameter(call.parameters, 'hsm_ids') ?? (id === undefined ? undefined : [id])
  if (name === undefined && ids === undefined) throw invalidParameter('The parameter name is required.')
  const meant = phone.templates
    .all()
    .filter((template) => (name === undefined || template.name === name) && (ids?.includes(template.id) ?? true))
  if (meant.length === 0) throw refused(2593002, 'Message template not found', `There is no template ${name ?? String(ids)}.`)
  for (const template of meant) {
    phone.templates.delete(template.id)
    call.mutations.push({ object: template.id, field: 'template', before: template.name, after: null })
  }
  return { success: true }
}
