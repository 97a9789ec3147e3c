/** The sandbox's own routes under `/sandbox`: for tests and for people, not Meta's. */

import { Hono } from 'hono'

import { parseInstant } from '../base/calendar.js'
import { isRecord } from '../protocol/parameters.js'
import { InboundError, receiveInbound } from '../whatsapp/inbound.js'
import type { Message } from '../whatsapp/message-store.js'
import { changePerson, shownPerson } from '../whatsapp/person-control.js'
import type { PhoneSettings } from '../whatsapp/phone.js'
import { FaultError } from '../world/faults.js'
import { editBy, EditError, switchAdjustments } from '../writing/edit-from-elsewhere.js'
import type { GraphServer } from './answer.js'

export function controlRoutes({ worlds, phone, faults, requests }: GraphServer): Hono {
  const app = new Hono()
  const world = worlds.first

  app.get('/healthz', (context) =>
    context.json({ status: 'ok', first_start: new Date(world.firstStart).toISOString(), seed: world.seed }),
  )

  app.get('/requests', (context) => {
    const { method, path, since, limit, effects } = context.req.query()
    const sinceId = since !== undefined && /^\d{1,9}$/.test(since) ? Number(since) : undefined
    const sinceTime = since !== undefined && sinceId === undefined ? parseInstant(since) : undefined
    if (sinceTime === null) return context.json({ error: 'since is the id of a request, or an ISO 8601 time.' }, 400)
    if (limit !== undefined && !/^\d{1,5}$/.test(limit)) return context.json({ error: 'limit is a whole number.' }, 400)
    return context.json({
      requests: requests.list({
        method: method?.toUpperCase(),
        path,
        sinceId,
        since: sinceTime,
        effects: effects === 'true' || effects === '1',
        limit: limit === undefined ? undefined : Number(limit),
      }),
    })
  })

  app.get('/swallowed', (context) => {
    const found = requests.list({ swallowed: true })
    return context.json({
      swallowed: found.map(({ id, time, method, path, swallowed }) => ({
        request: id,
        time,
        method,
        path,
        parameters: swallowed,
      })),
    })
  })

  app.get('/faults', (context) => context.json({ faults: faults.list() }))
  app.put('/faults', async (context) => {
    const given = await readJson(context.req.raw)
    if (given === undefined) return context.json({ error: 'The body must be JSON.' }, 400)
    try {
      return context.json({ faults: faults.replace(given) })
    } catch (error) {
      if (error instanceof FaultError) return context.json({ error: error.message }, 400)
      throw error
    }
  })
  app.delete('/faults', (context) => context.json({ faults: faults.replace([]) }))

  app.get('/messages', (context) => {
    const { to, direction, since, limit } = context.req.query()
    const sinceMs = since === undefined ? undefined : parseInstant(since)
    if (sinceMs === null) return context.json({ error: 'since is an ISO 8601 time.' }, 400)
    const person = to?.replace(/\D/g, '')
    const found = phone.messages.list({ person, direction, sinceMs, limit: Number(limit) || 1000 })
    return context.json({ messages: found.map(viewOf) })
  })

  app.get('/webhooks', (context) => context.json({ webhooks: phone.webhooks.list() }))

  app.get('/settings', (context) => context.json(phone.settings))
  app.put('/settings', async (context) => {
    const given = await readJson(context.req.raw)
    const fault = wrongSettings(given)
    if (fault !== null) return context.json({ error: fault }, 400)
    return context.json(phone.change(given as Partial<PhoneSettings>))
  })

  app.post('/inbound', async (context) => {
    const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const given = isForm ? await context.req.parseBody() : await readJson(context.req.raw)
    try {
      const message = receiveInbound(phone, given, world.now())
      return isForm ? context.redirect('/', 303) : context.json({ id: message.id, message: viewOf(message) }, 201)
    } catch (error) {
      if (error instanceof InboundError) return context.json({ error: error.message }, 400)
      throw error
    }
  })

  app.get('/people', (context) => context.json({ people: phone.people.all().map(shownPerson) }))
  app.post('/person', async (context) => {
    const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const given = isForm ? await context.req.parseBody() : await readJson(context.req.raw)
    try {
      const person = changePerson(phone, given)
      return isForm ? context.redirect('/', 303) : context.json(shownPerson(person))
    } catch (error) {
      if (error instanceof InboundError) return context.json({ error: error.message }, 400)
      throw error
    }
  })

  app.post('/edits', async (context) => {
    try {
      return context.json(editBy(worlds, await readJson(context.req.raw)), 201)
    } catch (error) {
      if (error instanceof EditError) return context.json({ error: error.message }, 400)
      throw error
    }
  })
  app.put('/adjustments', async (context) => {
    const given = await readJson(context.req.raw)
    if (!isRecord(given) || typeof given.on !== 'boolean') return context.json({ error: 'Give { "on": true } or false.' }, 400)
    switchAdjustments(worlds, given.on)
    return context.json({ on: given.on })
  })

  app.notFound((context) => context.json({ error: `The sandbox has no route ${context.req.path}.` }, 404))
  return app
}

const viewOf = (message: Message): Record<string, unknown> => ({
  id: message.id,
  time: new Date(message.at).toISOString(),
  direction: message.direction,
  [message.direction === 'out' ? 'to' : 'from']: `+${message.person}`,
  type: message.type,
  text: message.content.text,
  ...(message.content.header === undefined ? {} : { header: message.content.header }),
  ...(message.content.footer === undefined ? {} : { footer: message.content.footer }),
  ...(message.content.template === undefined ? {} : { template: message.content.template }),
  ...(message.content.choices === undefined ? {} : { buttons: message.content.choices }),
  status: message.status,
  biz_opaque_callback_data: message.opaque,
  context: message.context,
})

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}

function wrongSettings(given: unknown): string | null {
  if (!isRecord(given)) return 'Give an object with outside_window, status_delays or template_review.'
  const { outside_window: outside, status_delays: delays, template_review: review, ...rest } = given
  if (Object.keys(rest).length > 0) {
    return `Unknown: ${Object.keys(rest).join(', ')}. Known are outside_window, status_delays and template_review.`
  }
  if (review !== undefined) {
    const { outcome = 'APPROVED', after = 0 } = isRecord(review) ? review : { outcome: null }
    const isOutcome = outcome === 'APPROVED' || outcome === 'REJECTED'
    if (!isOutcome || typeof after !== 'number' || after < 0) {
      return 'template_review has an outcome, APPROVED or REJECTED, and milliseconds in after.'
    }
  }
  if (outside !== undefined && outside !== 'error' && outside !== 'status') return 'outside_window is error or status.'
  if (delays === undefined) return null
  if (!isRecord(delays)) return 'status_delays is an object with sent, delivered and read.'
  const wrong = Object.entries(delays).find(
    ([key, value]) =>
      !['sent', 'delivered', 'read'].includes(key) || (value !== null && (typeof value !== 'number' || value < 0)),
  )
  return wrong ? 'status_delays has milliseconds or null for sent, delivered and read.' : null
}
