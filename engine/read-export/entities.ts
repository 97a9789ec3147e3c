/** The campaigns, ad sets and ads of a file, distinguished by id, or else by name within their parent. */

import type { DatasetEntity, DatedValue, EntityScope } from '../facts/dataset-source.js'
import { CONFIGURED_STATUSES, OBJECTIVES } from '../metric/attributes.js'
import { canonicalName } from '../text/canonical.js'
import type { Value } from '../value/value.js'
import { budgetsIn } from './budgets.js'
import { type Columns, NAMED_SCOPES } from './columns.js'
import { changesIn, note } from './dated-values.js'
import { type Field, measureNamed } from './header-names.js'
import { bareNumber, saysNothing } from './number-format.js'
import { deliveringOf, effectiveStatusOf } from './status-words.js'

interface NotedGoal {
  result: string | null
  /** Whether a row without a result type has results. */
  hasUntypedResults: boolean
}

interface Entry extends NotedGoal {
  readonly scope: EntityScope
  readonly key: string
  readonly id: string | null
  readonly campaign: string | null
  readonly adset: string | null
  /** Names by day. */
  readonly names: Map<string, string>
  readonly attributes: Map<string, DatedValue[]>
}

interface Named {
  readonly scope: EntityScope
  readonly key: string
  readonly id: string
  readonly idColumn: number | undefined
}

interface EntityFault {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly column: number
}

type RowFault = { readonly kind: 'fault'; readonly fault: EntityFault }
type FoundEntity = { readonly kind: 'entity'; readonly entity: Entry | null } | RowFault
type FoundChain = { readonly kind: 'chain'; readonly chain: readonly Entry[] } | RowFault

/** Represents the account in a file whose rows name no entities. It is hidden from all lists. */
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

/** A spreadsheet turns an id into `2.38E+16`, so that different ads get the same id. */
const MANGLED_ID = /^\d+(?:[.,]\d+)?e\+?\d+$/i

export class EntityRegister {
  readonly #entries = new Map<string, Entry>()
  readonly #chains = new Map<string, readonly Entry[]>()
  readonly #identity: readonly number[]
  readonly #hasStatus: boolean
  readonly #saysGoals: boolean
  readonly #accountGoal: NotedGoal = { result: null, hasUntypedResults: false }

  constructor(
    private readonly columns: Columns,
    private readonly currency: string | null,
  ) {
    const { fields } = columns
    const has = (field: Field): boolean => fields.has(field)
    this.#identity = NAMED_SCOPES.flatMap((scope) => [fields.get(`${scope}_id`), fields.get(`${scope}_name`)]).filter(
      (index) => index !== undefined,
    )
    this.#saysGoals = has('result_type') && columns.measures.has('results')
    this.#hasStatus = (['configured_status', 'effective_status', 'campaign_status', 'adset_status', 'ad_status'] as const).some(
      has,
    )
  }

  /** Whether the file names entities at all. */
  get namesEntities(): boolean {
    return this.#identity.length > 0
  }

  /**
   * Returns the lowest-level entity that a row names and records what the row says about it. Returns null if the row names none, and a
   * fault if it contradicts another row.
   *
   * @param day ISO date of the row, '' in a file without dates
   */
  entityOf(cells: readonly string[], day: string): FoundEntity {
    const raw = this.#identity.map((index) => cells[index] ?? '').join('\u0000')
    let chain = this.#chains.get(raw)
    if (chain === undefined) {
      const made = this.#chainOf(cells)
      if (made.kind === 'fault') return made
      chain = made.chain
      this.#chains.set(raw, chain)
    }
    for (const entry of chain) {
      const name = canonicalName(cells[this.columns.fields.get(`${entry.scope}_name`) ?? -1] ?? '')
      if (name === '') continue
      const before = entry.names.get(day)
      if (before === undefined) entry.names.set(day, name)
      else if (before !== name) return { kind: 'fault', fault: this.#twoNames(entry, before, name, day) }
    }
    this.#noteAttributes(chain, cells, day)
    this.#noteGoal(chain.at(-1) ?? this.#accountGoal, cells)
    return { kind: 'entity', entity: chain.at(-1) ?? null }
  }

  /** Returns the lowest-level entity that a row names, without recording anything; null if it names none. */
  finestOf(cells: readonly string[]): Pick<Entry, 'scope' | 'key'> | null {
    return [...this.#namedIn(cells)].at(-1) ?? null
  }

  /** Returns the entity of the rows without a name, which are those of the account. */
  accountRows(): DatasetEntity {
    const { result } = this.#accountGoal
    return { ...ACCOUNT_ROWS, result, ...this.#noGoalOf(this.#accountGoal) }
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
      const names = changesIn([...entry.names].map(([day, value]) => ({ day, value })))
      const name = (names.at(-1)?.value as string | undefined) ?? null
      // Before its first row it has the name of that row.
      if (names.length > 1) history['name'] = names.map((named, index) => (index === 0 ? { ...named, day: FIRST_DAY } : named))
      return { scope, key, id, name, campaign, adset, result, attributes, history, ...this.#noGoalOf(entry) }
    })
  }

  /** An id with two names is an error, because it is unclear which rules apply to it. */
  #twoNames({ scope, id }: Entry, before: string, name: string, day: string): EntityFault {
    const what = `${scope === 'adset' ? 'ad set' : scope} ${id}`
    const message = `${what} is called \`${before}\` and \`${name}\`${day === '' ? '' : ` on ${day}`}`
    const hint = 'an id can have only one name per day: correct the id or the name'
    return { code: 'two-names', message, hint, column: this.columns.fields.get(`${scope}_name`) ?? 0 }
  }

  #chainOf(cells: readonly string[]): FoundChain {
    const chain: Entry[] = []
    for (const { scope, key, id, idColumn } of this.#namedIn(cells)) {
      if (MANGLED_ID.test(id)) {
        const hint = 'a spreadsheet shortened it: export again, or format the column as text before saving'
        return {
          kind: 'fault',
          fault: { code: 'mangled-id', message: `\`${id}\` is not a complete id`, hint, column: idColumn! },
        }
      }
      const campaign = chain.find((entry) => entry.scope === 'campaign')?.key ?? null
      const adset = chain.find((entry) => entry.scope === 'adset')?.key ?? null
      const known = this.#entries.get(`${scope}/${key}`)
      if (known !== undefined) {
        if (campaign !== null && known.campaign !== null && campaign !== known.campaign && scope !== 'campaign') {
          const message = `${scope} ${id} is in two campaigns, ${known.campaign} and ${campaign}`
          return { kind: 'fault', fault: { code: 'contradiction', message, column: idColumn ?? 0 } }
        }
        if (adset !== null && known.adset !== null && adset !== known.adset && scope === 'ad') {
          const message = `ad ${id} is in two ad sets, ${known.adset} and ${adset}`
          return { kind: 'fault', fault: { code: 'contradiction', message, column: idColumn ?? 0 } }
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
        names: new Map(),
        result: null,
        hasUntypedResults: false,
        attributes: new Map(),
      }
      this.#entries.set(`${scope}/${key}`, entry)
      chain.push(entry)
    }
    return { kind: 'chain', chain }
  }

  /** Yields the entities that a row names, from the campaign down. */
  *#namedIn(cells: readonly string[]): Generator<Named> {
    const { fields } = this.columns
    let above: readonly string[] = []
    for (const scope of NAMED_SCOPES) {
      const idColumn = fields.get(`${scope}_id`)
      const id = idText(cells[idColumn ?? -1] ?? '')
      const name = canonicalName(cells[fields.get(`${scope}_name`) ?? -1] ?? '')
      if (id === '' && name === '') continue
      const key = id !== '' ? id : JSON.stringify([...above, name])
      above = [key]
      yield { scope, key, id, idColumn }
    }
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
    for (const { owner, attribute, value } of budgetsIn(chain, cell, this.currency)) noteAttribute(owner, attribute, day, value)
  }

  #noteGoal(noted: NotedGoal, cells: readonly string[]): void {
    const goal = (cells[this.columns.fields.get('result_type') ?? -1] ?? '').trim()
    if (!saysNothing(goal)) {
      const measure = measureNamed(goal) ?? goal
      noted.result = noted.result === null || noted.result === measure ? measure : 'mixed'
    } else if (this.#saysGoals && !noted.hasUntypedResults) {
      noted.hasUntypedResults = hasResults(cells[this.columns.measures.get('results')!] ?? '')
    }
  }

  #noGoalOf({ result, hasUntypedResults }: NotedGoal): { readonly noGoal?: true } {
    return this.#saysGoals && result === null && !hasUntypedResults ? { noGoal: true } : {}
  }
}

/** Ads Manager leaves the result type blank if there are no results or it does not know them; neither means another goal. */
const hasResults = (cell: string): boolean => Number(bareNumber(cell) ?? 0) !== 0

/** Removes the marks of `'123` and `="123"`, which keep spreadsheets from changing an id. */
const idText = (cell: string): string =>
  cell
    .trim()
    .replace(/^(?:'|=?"(?=.*"$))/, '')
    .replace(/"$/, '')

/** Earlier than every day of any file. */
const FIRST_DAY = '0001-01-01'

function noteAttribute(entry: Entry, attribute: string, day: string, value: Value): void {
  let values = entry.attributes.get(attribute)
  if (values === undefined) entry.attributes.set(attribute, (values = []))
  note(values, day, value)
}

function noteStatus(entry: Entry, text: string, day: string): void {
  if (text === '') return
  const known = effectiveStatusOf(text)
  if (known !== undefined) noteAttribute(entry, 'effective_status', day, known)
  noteAttribute(entry, 'delivering', day, deliveringOf(text))
}
