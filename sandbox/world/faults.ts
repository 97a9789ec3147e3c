/** Faults that can be switched on, counted and deterministic: the same requests meet the same faults each time. */

import { textHash, uniform } from '../base/random.js'
import { isRecord } from '../protocol/parameters.js'
import { keepFact, keptFact, type StateDatabase } from '../state/database.js'

/** Faults of requests, which happen instead of the request's work, before it or after it. */
export const REQUEST_FAULTS = [
  'http-500',
  'timeout-before-write',
  'timeout-after-write',
  'late-write',
  'rate-limit',
  'token-expired',
  'connection-reset',
  'malformed-json',
  'slow',
  'page-too-large',
  'too-much-data',
  'report-failed',
] as const
/** Faults on the way from the sandbox to the receiver of webhooks. */
const WEBHOOK_FAULTS = ['webhook-lost', 'webhook-doubled'] as const
/** Faults of accepted messages, whose status becomes `failed`. */
const MESSAGE_FAULTS = ['message-failed'] as const

/**
 * Faults of insights. Meta's "Manage your ad object's status" says that filtering does not list deleted objects, its "Insights API"
 * that it does; with the fault, the former is true. Hourly answers of Meta may omit results outside of Meta, or all rows.
 */
export const INSIGHTS_FAULTS = ['deleted-rows-left-out', 'hours-without-conversions', 'hours-without-rows'] as const
export type InsightsFault = (typeof INSIGHTS_FAULTS)[number]

export type FaultKind =
  | (typeof REQUEST_FAULTS)[number]
  | (typeof INSIGHTS_FAULTS)[number]
  | (typeof WEBHOOK_FAULTS)[number]
  | (typeof MESSAGE_FAULTS)[number]

export interface Fault {
  readonly name: string
  readonly kind: FaultKind
  readonly match: {
    readonly method?: string
    /** Part of the path, or a glob if it contains `*`. */
    readonly path?: string
    /** For webhooks: `sent`, `delivered`, `read`, `failed` or `inbound`. */
    readonly event?: string
    /** This many first matches are not affected. */
    readonly skip?: number
    /** How often the fault happens; by default always. */
    readonly times?: number
    /** The share of matches that are affected, from 0 to 1, chosen by the seed. */
    readonly probability?: number
  }
  /**
   * `rate-limit`: 4, 17, 613, 80000, 80004, 130429 …; `message-failed`: 131026, 131047 …; `too-much-data`: 100/1487534 (or
   * 2/1504038, 100/1504018, or 1 for "reduce the amount of data"); with the method POST it is the report that is refused;
   * `report-failed`: -2/2490547 (or -3/1504045 for one that is too large)
   */
  readonly code?: number
  readonly subcode?: number
  /** In milliseconds. `slow`: until the answer; `late-write`: until the work is done, without an answer. */
  readonly delay?: number
  /** `page-too-large`: pages with more rows are refused; by default 100. */
  readonly rows?: number
  /** `connection-reset`: before the work is done (default) or after. */
  readonly when?: 'before' | 'after'
  /** How many requests matched, and how often the fault happened. */
  matched: number
  fired: number
}

export class FaultError extends Error {}

const KEY = 'faults'

export class Faults {
  #faults: Fault[]

  constructor(
    private readonly database: StateDatabase,
    private readonly seed: number,
  ) {
    this.#faults = keptFact(database, KEY, () => [])
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  /**
   * Replaces all faults by these.
   * @throws FaultError with a message that says which entry is wrong
   */
  replace(given: unknown): readonly Fault[] {
    const list = isRecord(given) ? given.faults : given
    if (!Array.isArray(list))
      throw new FaultError('Give a list of faults, or { "faults": [ … ] }; an empty list switches all off.')
    const faults = list.map(readFault)
    const names = faults.map(({ name }) => name)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw new FaultError(`Two faults are named ${twice}.`)
    this.#faults = faults
    keepFact(this.database, KEY, faults)
    return faults
  }

  /** Returns the first fault of these kinds that happens for a request, and counts it; null if none does. */
  take(kinds: readonly FaultKind[], about: FaultedRequest): Fault | null {
    for (const fault of this.#faults) {
      if (!kinds.includes(fault.kind) || !fits(fault, about)) continue
      const plays = this.#plays(fault)
      fault.matched += 1
      if (plays) fault.fired += 1
      keepFact(this.database, KEY, this.#faults)
      if (plays) return fault
    }
    return null
  }

  #plays({ name, match, matched, fired }: Fault): boolean {
    if (matched < (match.skip ?? 0) || fired >= (match.times ?? Infinity)) return false
    return match.probability === undefined || uniform(this.seed, textHash(name), matched) < match.probability
  }
}

export interface FaultedRequest {
  readonly method?: string
  readonly path?: string
  readonly event?: string
  /** The requested page size; null if the request has no `limit`. */
  readonly limit?: number | null
}

/** Whether the fault can happen to this kind of request. */
function concerns({ kind, match, rows = LARGEST_PAGE }: Fault, { method, path = '', limit }: FaultedRequest): boolean {
  const isInsights = path.endsWith('/insights')
  if (kind === 'page-too-large') return method === 'GET' && limit != null && limit > rows
  if (kind === 'too-much-data') return isInsights && method === (match.method?.toUpperCase() ?? 'GET')
  return kind !== 'report-failed' || (method === 'POST' && isInsights)
}

const LARGEST_PAGE = 100

function fits(fault: Fault, about: FaultedRequest): boolean {
  const { match } = fault
  if (!concerns(fault, about)) return false
  if (match.method !== undefined && match.method.toUpperCase() !== about.method) return false
  if (match.event !== undefined && match.event !== about.event) return false
  if (match.path === undefined) return true
  const path = about.path ?? ''
  if (!match.path.includes('*')) return path.includes(match.path)
  const pattern = match.path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pattern.join('.*')}$`).test(path)
}

const KINDS: readonly FaultKind[] = [...REQUEST_FAULTS, ...INSIGHTS_FAULTS, ...WEBHOOK_FAULTS, ...MESSAGE_FAULTS]
const KEYS = ['name', 'kind', 'match', 'code', 'subcode', 'delay', 'rows', 'when', 'matched', 'fired']
const MATCH_KEYS = {
  method: 'string',
  path: 'string',
  event: 'string',
  skip: 'number',
  times: 'number',
  probability: 'number',
} as const

function readFault(given: unknown, index: number): Fault {
  const where = `Fault ${index + 1}`
  if (!isRecord(given)) throw new FaultError(`${where} must be an object.`)
  const surplus = Object.keys(given).filter((key) => !KEYS.includes(key))
  if (surplus.length > 0) throw new FaultError(`${where} has unknown keys: ${surplus.join(', ')}. Known are ${KEYS.join(', ')}.`)
  const kind = KINDS.find((known) => known === given.kind)
  if (!kind) throw new FaultError(`${where} needs a kind, one of ${KINDS.join(', ')}.`)
  const match = given.match ?? {}
  if (!isRecord(match)) throw new FaultError(`${where}: match must be an object.`)
  for (const [key, value] of Object.entries(match)) {
    const type = MATCH_KEYS[key as keyof typeof MATCH_KEYS] as string | undefined
    if (!type) throw new FaultError(`${where}: match has no ${key}; it has ${Object.keys(MATCH_KEYS).join(', ')}.`)
    if (typeof value !== type) throw new FaultError(`${where}: match.${key} must be a ${type}.`)
  }
  for (const key of ['code', 'subcode', 'delay', 'rows']) {
    if (given[key] !== undefined && typeof given[key] !== 'number') throw new FaultError(`${where}: ${key} must be a number.`)
  }
  if (kind === 'rate-limit' && given.code === undefined)
    throw new FaultError(`${where}: a rate-limit needs a code, as 17 or 80004.`)
  if (given.when !== undefined && given.when !== 'before' && given.when !== 'after') {
    throw new FaultError(`${where}: when must be before or after.`)
  }
  const { code, subcode, delay, rows, when } = given as Pick<Fault, 'code' | 'subcode' | 'delay' | 'rows' | 'when'>
  return {
    name: typeof given.name === 'string' ? given.name : kind,
    kind,
    match,
    ...(code === undefined ? {} : { code }),
    ...(subcode === undefined ? {} : { subcode }),
    ...(delay === undefined ? {} : { delay }),
    ...(rows === undefined ? {} : { rows }),
    ...(when === undefined ? {} : { when }),
    matched: 0,
    fired: 0,
  }
}
