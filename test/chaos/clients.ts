/** People and other systems that use tetik: a request without a response is repeated with the same key. */

import { grouped } from '../../cli/base/grouped.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { apiToken } from '../../service/settings/api-token.js'
import type { Project } from '../end-to-end/project.js'
import type { Target } from './entities.js'
import type { AskedChange, AskedEvent, Record as Log, StopWord } from './record.js'
import { type Hook, NOTIFIED_PHONES } from './scene.js'

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Milliseconds after which a client gives up on a request: the key of a request whose process died is locked for a minute. */
const PATIENCE = 150_000
/** Seconds; a response that took longer is reported. */
const SLOW = 30

/** `0 ×3, 409 ×12, 200` */
const inShort = (answers: readonly number[]): string =>
  [...grouped(answers, String)].map(([status, same]) => (same.length === 1 ? status : `${status} ×${same.length}`)).join(', ')

export class Clients {
  #number = 0

  constructor(
    private readonly project: Project,
    private readonly log: Log,
    private readonly seed: number,
  ) {}

  /** A person's change through the API, as the panel makes it. `doubled`: sent twice at once under one key. */
  async change(target: Target, field: AskedChange['field'], value: string, doubled: boolean): Promise<void> {
    this.#number += 1
    const key = `chaos-${this.seed}-${this.#number}`
    const asked: AskedChange = {
      key,
      at: Date.now(),
      entity: target.id,
      field,
      target: value,
      answers: [],
      ids: new Set(),
    }
    this.log.changes.push(asked)
    const path = `/api/${target.level === 'campaign' ? 'campaigns' : 'adsets'}/${target.id}/${field === 'status' ? 'status' : 'budget'}`
    const body = field === 'status' ? { status: value } : { daily: { minor: Number(value), currency: 'TRY' } }
    const ask = async (): Promise<void> => {
      const answer = await this.#insist('PATCH', path, body, { 'idempotency-key': key }, (status) => asked.answers.push(status))
      const id = (answer as { id?: unknown } | null)?.id
      if (typeof id === 'string') asked.ids.add(id)
    }
    await Promise.all(doubled ? [ask(), ask()] : [ask()])
  }

  /** Someone changes it in Ads Manager: a Meta API call that tetik does not make. */
  async editOutside(target: Target, field: AskedChange['field'], value: string): Promise<void> {
    const response = await fetch(`${this.project.settings.sandbox.url}/v27.0/${target.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${IDENTITY.personToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ [field]: field === 'status' ? value : Number(value) }),
      // The sandbox may be withholding its response.
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    await response?.arrayBuffer().catch(() => null)
  }

  /** An event from the shop's system. */
  async event(hook: Hook, target: Target, doubled: boolean): Promise<void> {
    this.#number += 1
    const id = `event-${this.seed}-${this.#number}`
    const event: AskedEvent = { id, hook, account: target.account, entity: target.id, at: Date.now(), taken: false }
    this.log.events.push(event)
    const body = { entity: target.id, number: this.#number }
    const send = async (): Promise<void> => {
      await this.#insist('POST', `/hooks/${hook}`, body, { 'webhook-id': id }, (status) => (event.taken ||= status === 202))
    }
    await Promise.all(doubled ? [send(), send()] : [send()])
  }

  /** Every recipient but one writes something, so that free-form messages may be sent to them; the other one gets templates. */
  async greet(): Promise<void> {
    for (const from of NOTIFIED_PHONES.slice(1)) await this.#write('merhaba', from)
    await this.#write('merhaba')
  }

  /** The owner writes the stop word. */
  async stop(account: string): Promise<void> {
    const word: StopWord = { kind: 'stop', account, at: Date.now(), answeredAt: null }
    this.log.words.push(word)
    this.log.say(`DUR ${account}`)
    await this.#write(`DUR ${account}`)
  }

  /** Whether the stop has taken effect, for which the owner waits before doing anything else. */
  async isStopped(account: string): Promise<boolean> {
    const answer = await this.project.api<{ data: readonly { account: string }[] }>('/api/stops').catch(() => null)
    return answer?.data.some((stop) => stop.account === account) ?? false
  }

  async resume(account: string): Promise<void> {
    const word: StopWord = { kind: 'resume', account, at: Date.now(), answeredAt: null }
    this.log.words.push(word)
    this.#number += 1
    const key = `resume-${this.seed}-${this.#number}`
    await this.#insist('POST', '/api/resume', { account }, { 'idempotency-key': key }, () => undefined)
    word.answeredAt = Date.now()
    this.log.say(`resumed ${account}`)
  }

  async #write(text: string, from?: string): Promise<void> {
    await this.project.sandbox('/sandbox/inbound', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, ...(from === undefined ? {} : { from }) }),
    })
  }

  /** Repeats the request until it has a final response, and returns its body; null if it has none in time. */
  async #insist(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
    hear: (status: number) => unknown,
  ): Promise<unknown> {
    const authorization = `Bearer ${apiToken(this.project.settings)}`
    const began = Date.now()
    const answers: number[] = []
    const heard = (status: number): void => {
      answers.push(status)
      hear(status)
    }
    while (Date.now() - began < PATIENCE) {
      try {
        const response = await fetch(`${this.project.settings.apiUrl}${path}`, {
          method,
          headers: { authorization, 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(60_000),
        })
        heard(response.status)
        const answer: unknown = await response.json()
        const isInFlight = response.status === 409 && JSON.stringify(answer).includes('request-in-flight')
        if (response.status < 500 && !isInFlight) {
          const seconds = (Date.now() - began) / 1_000
          if (seconds > SLOW)
            this.log.say(`${method} ${path} (${Object.values(headers).join()}) took ${seconds} s: ${inShort(answers)}`)
          return answer
        }
      } catch {
        heard(0)
      }
      await pause(500)
    }
    this.log.say(`${method} ${path} (${Object.values(headers).join()}) was given up: ${inShort(answers)}`)
    return null
  }
}
