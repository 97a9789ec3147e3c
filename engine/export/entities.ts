/** The campaigns, ad sets and ads of a file: told apart by id, else by name within the parent that the file names. */

import { EFFECTIVE_STATUSES, CONFIGURED_STATUSES, OBJECTIVES } from '../metric/attributes.js'
import { toMinor } from '../metric/currency.js'
import { Unknown, type Value } from '../expression/value.js'
import type { DatasetEntity, DatedValue, EntityScope } from '../facts/dataset.js'
import type { Columns } from './columns.js'
import { foldHeader, measureNamed, type Field } from './header-names.js'
import { bareNumber, readNumber, shapeOf } from './number-format.js'

/** From the coarsest to the finest. */
const SCOPES: readonly EntityScope[] = ['campaign', 'adset', 'ad']

interface Entry {
  readonly scope: EntityScope
  readonly key: string
  readonly id: string | null
  readonly campaign: string | null
  readonly adset: string | null
  /** As the rows of single days have it. */
  readonly names: DatedValue[]
  result: string | null
  readonly attributes: Map<string, DatedValue[]>
}

export interface EntityFault {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly column: number
}

/** Rows of a file without any entity are the account's own; this stands for it and is in no list. */
export const ACCOUNT_ROWS: DatasetEntity = {
  scope: 'campaign',
  key: '',
  id: null,
  name: null,
  campaign: null,
  adset: null,
  result: null,
  attributes: {},
  hidden: true,
}

/** NFC, trimmed, inner white space collapsed. */
export const canonicalName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

/** A spreadsheet makes `2.38E+16` of an id, and then two ads have the same. */
const MANGLED_ID = /^\d+(?:[.,]\d+)?e\+?\d+$/i

export class EntityRegister {
  readonly #entries = new Map<string, Entry>()
  readonly #chains = new Map<string, readonly Entry[]>()
  readonly #identity: readonly number[]
  readonly #hasStatus: boolean

  constructor(
    private readonly columns: Columns,
    private readonly currency: string | null,
  ) {
    const { fields } = columns
    const has = (field: Field): boolean => fields.has(field)
    this.#identity = SCOPES.flatMap((scope) => [fields.get(`${scope}_id`), fields.get(`${scope}_name`)]).filter(
      (index) => index !== undefined,
    )
    this.#hasStatus = (['configured_status', 'effective_status', 'campaign_status', 'adset_status', 'ad_status'] as const).some(
      has,
    )
  }

  /** Whether the file names entities at all. */
  get namesEntities(): boolean {
    return this.#identity.length > 0
  }

  /**
   * The finest entity that a row names; null where it names none. A fault where the row contradicts another.
   *
   * @param day ISO date of the row, '' in a file without dates
   */
  entityOf(cells: readonly string[], day: string): Entry | EntityFault | null {
    const raw = this.#identity.map((index) => cells[index] ?? '').join('\u0000')
    let chain = this.#chains.get(raw)
    if (chain === undefined) {
      const made = this.#chainOf(cells)
      if (!Array.isArray(made)) return made as EntityFault
      chain = made as readonly Entry[]
      this.#chains.set(raw, chain)
    }
    for (const entry of chain) {
      const name = canonicalName(cells[this.columns.fields.get(`${entry.scope}_name`) ?? -1] ?? '')
      if (name !== '') note(entry.names, day, name)
    }
    this.#noteAttributes(chain, cells, day)
    return chain.at(-1) ?? null
  }

  entities(): DatasetEntity[] {
    return [...this.#entries.values()].map((entry) => {
      const { scope, key, id, campaign, adset, result } = entry
      const attributes: Record<string, Value> = this.#hasStatus ? {} : { delivering: true }
      const history: Record<string, readonly DatedValue[]> = {}
      for (const [attribute, noted] of entry.attributes) {
        const values = changesIn(noted)
        if (values[0]?.day === '') attributes[attribute] = values.at(-1)!.value
        else history[attribute] = values
      }
      const names = changesIn(entry.names)
      const name = (names.at(-1)?.value as string | undefined) ?? null
      // What it is called before its first row is what that row calls it.
      if (names.length > 1) history['name'] = names.map((named, index) => (index === 0 ? { ...named, day: FIRST_DAY } : named))
      return { scope, key, id, name, campaign, adset, result, attributes, history }
    })
  }

  #chainOf(cells: readonly string[]): readonly Entry[] | EntityFault {
    const { fields } = this.columns
    const chain: Entry[] = []
    for (const scope of SCOPES) {
      const idColumn = fields.get(`${scope}_id`)
      const id = idText(cells[idColumn ?? -1] ?? '')
      const name = canonicalName(cells[fields.get(`${scope}_name`) ?? -1] ?? '')
      if (id === '' && name === '') continue
      if (MANGLED_ID.test(id)) {
        const hint = 'a spreadsheet shortened it: export again, or format the column as text before saving'
        return { code: 'mangled-id', message: `\`${id}\` is no whole id any more`, hint, column: idColumn! }
      }
      const above = chain.at(-1)
      const key = id !== '' ? id : JSON.stringify([...(above === undefined ? [] : [above.key]), name])
      const campaign = chain.find((entry) => entry.scope === 'campaign')?.key ?? null
      const adset = chain.find((entry) => entry.scope === 'adset')?.key ?? null
      const known = this.#entries.get(`${scope}/${key}`)
      if (known !== undefined) {
        if (campaign !== null && known.campaign !== null && campaign !== known.campaign && scope !== 'campaign') {
          const message = `${scope} ${id} stands in two campaigns, ${known.campaign} and ${campaign}`
          return { code: 'contradiction', message, column: idColumn ?? 0 }
        }
        if (adset !== null && known.adset !== null && adset !== known.adset && scope === 'ad') {
          return {
            code: 'contradiction',
            message: `ad ${id} stands in two ad sets, ${known.adset} and ${adset}`,
            column: idColumn ?? 0,
          }
        }
        chain.push(known)
        continue
      }
      const entry: Entry = {
        scope,
        key,
        id: id === '' ? null : id,
        campaign: scope === 'campaign' ? null : campaign,
        adset: scope === 'ad' ? adset : null,
        names: [],
        result: null,
        attributes: new Map(),
      }
      this.#entries.set(`${scope}/${key}`, entry)
      chain.push(entry)
    }
    return chain
  }

  #noteAttributes(chain: readonly Entry[], cells: readonly string[], day: string): void {
    const { fields } = this.columns
    const finest = chain.at(-1)
    if (finest === undefined) return
    const cell = (field: Field): string => (cells[fields.get(field) ?? -1] ?? '').trim()
    for (const entry of chain) noteStatus(entry, cell(`${entry.scope}_status`), day)
    noteStatus(finest, cell('effective_status'), day)
    const configured = cell('configured_status').toUpperCase()
    if ((CONFIGURED_STATUSES as readonly string[]).includes(configured)) noteAttribute(finest, 'status', day, configured)
    if (configured !== '' && !fields.has('effective_status')) noteAttribute(finest, 'delivering', day, deliveringOf(configured))
    const objective = cell('objective').toUpperCase()
    if ((OBJECTIVES as readonly string[]).includes(objective))
      for (const entry of chain) noteAttribute(entry, 'objective', day, objective)
    const budgeted = chain.find(({ scope }) => scope === 'adset') ?? chain[0]!
    for (const field of ['daily_budget', 'lifetime_budget'] as const) {
      const amount = plainNumber(cell(field))
      if (amount === null || amount <= 0) continue
      noteAttribute(budgeted, field, day, toMinor(amount, this.currency))
      noteAttribute(budgeted, 'budget_level', day, budgeted.scope)
    }
    const goal = cell('result_type')
    if (goal !== '') {
      const measure = measureNamed(goal) ?? goal
      finest.result = finest.result === null || finest.result === measure ? measure : 'mixed'
    }
  }
}

export const isEntityFault = (found: Entry | EntityFault | null): found is EntityFault => found !== null && 'column' in found

/** `'123` and `="123"` are ids that a spreadsheet was told to leave alone. */
const idText = (cell: string): string =>
  cell
    .trim()
    .replace(/^(?:'|=?"(?=.*"$))/, '')
    .replace(/"$/, '')

/** Before every day of any file. */
const FIRST_DAY = '0001-01-01'

/** Rows may stand in any order, so that only the next to the same is known to say nothing new. */
function note(values: DatedValue[], day: string, value: Value): void {
  const last = values.at(-1)
  if (last?.day === day) values[values.length - 1] = { day, value }
  else values.push({ day, value })
}

/** By day, without those that change nothing; of two of one day the later in the file counts. */
function changesIn(values: readonly DatedValue[]): DatedValue[] {
  const sorted = [...values].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const ofDays = sorted.filter(({ day }, index) => sorted[index + 1]?.day !== day)
  return ofDays.filter(({ value }, index) => index === 0 || ofDays[index - 1]!.value !== value)
}

function noteAttribute(entry: Entry, attribute: string, day: string, value: Value): void {
  let values = entry.attributes.get(attribute)
  if (values === undefined) entry.attributes.set(attribute, (values = []))
  note(values, day, value)
}

function noteStatus(entry: Entry, text: string, day: string): void {
  if (text === '') return
  const status = text.toUpperCase()
  const known = (EFFECTIVE_STATUSES as readonly string[]).includes(status) ? status : STATUSES_IN_WORDS.get(foldHeader(text))
  if (known !== undefined) noteAttribute(entry, 'effective_status', day, known)
  noteAttribute(entry, 'delivering', day, deliveringOf(text))
}

const ACTIVE_IN_WORDS = new Set([
  'active',
  'aktif',
  'delivering',
  'yayında',
  'learning',
  'learning limited',
  'öğreniyor',
  'sınırlı öğrenme',
])

const STATUSES_IN_WORDS = new Map([
  ...[...ACTIVE_IN_WORDS].map((word) => [word, 'ACTIVE'] as const),
  ...['paused', 'off', 'kapalı', 'duraklatıldı'].map((word) => [word, 'PAUSED'] as const),
  ...['archived', 'arşivlendi'].map((word) => [word, 'ARCHIVED'] as const),
  ...['deleted', 'silindi'].map((word) => [word, 'DELETED'] as const),
  ...['campaign off', 'kampanya kapalı'].map((word) => [word, 'CAMPAIGN_PAUSED'] as const),
  ...['ad set off', 'adset off', 'reklam seti kapalı'].map((word) => [word, 'ADSET_PAUSED'] as const),
])

const NOT_DELIVERING = new Set([
  ...['inactive', 'not delivering', 'completed', 'recently completed', 'scheduled', 'rejected', 'in review', 'pending review'],
  ...['etkin değil', 'yayınlanmıyor', 'tamamlandı', 'yakın zamanda tamamlandı', 'planlandı', 'reddedildi', 'incelemede'],
])

function deliveringOf(text: string): Value {
  const folded = foldHeader(text)
  if (ACTIVE_IN_WORDS.has(folded)) return true
  const known =
    STATUSES_IN_WORDS.has(folded) ||
    NOT_DELIVERING.has(folded) ||
    (EFFECTIVE_STATUSES as readonly string[]).includes(text.toUpperCase())
  return known ? false : new Unknown(`nothing says whether “${text}” delivers`)
}

/** Attributes are read only where there is one way to read them: what is ambiguous is then not known. */
function plainNumber(cell: string): number | null {
  const bare = bareNumber(cell)
  const shape = bare === null ? 'neither' : shapeOf(bare)
  return bare === null || shape === 'neither' || shape === 'ambiguous' ? null : readNumber(bare, shape === ',' ? ',' : '.')
}
