/** Ads Manager's automated rules as a rule file. What has no equal is said in a comment, and never left out in silence. */

import { isError } from '../diagnostic/fault.js'
import { loadRules } from '../rule/read/load.js'
import { type AdRuleSource, type Filter, filtersOf, recordOf, textsOf } from './ad-rule.js'
import { type TranslatedLine, translateFilters } from './condition.js'
import { translateSchedule } from './schedule.js'
import { translateSteps } from './steps.js'

export interface ImportOptions {
  readonly account: string
  readonly currency: string
  /** Whom notifications go to; null where tetik.yaml names nobody. */
  readonly recipient: string | null
}

export interface ImportedRules {
  readonly yaml: string
  /** In the order of Meta's list; `faults` is empty for those that became a rule. */
  readonly rules: readonly { readonly source: string; readonly id: string | null; readonly faults: readonly string[] }[]
}

const HEADER = [
  '# yaml-language-server: $schema=../schema/rules.schema.json',
  '# From Meta’s automated rules. Each only observes until you write `mode: act`: switch it off in Ads Manager first, or both act.',
  '# Amounts were read as minor units of the account’s currency, as Meta’s rules have them: look at each before you trust it.',
]

export function importRules(sources: readonly AdRuleSource[], options: ImportOptions): ImportedRules {
  const ids = new Set<string>()
  const rules: { source: string; id: string | null; faults: readonly string[] }[] = []
  const blocks: string[][] = []
  const comments: string[][] = []
  for (const source of sources.filter(({ status }) => status !== 'DELETED')) {
    const { lines, faults: unequal } = translate(source, options, uniqueId(source, ids))
    const faults = unequal.length > 0 ? unequal : faultsOfRule(lines.rule)
    rules.push({ source: source.name, id: faults.length > 0 ? null : lines.id, faults })
    if (faults.length === 0) {
      ids.add(lines.id)
      blocks.push(lines.rule)
    } else comments.push(untranslated(source, faults))
  }
  const body =
    blocks.length === 0 ? ['rules: []'] : ['rules:', ...blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))]
  const rest = comments.flatMap((block) => ['', ...block])
  return { yaml: `${[...HEADER, ...body, ...rest].join('\n')}\n`, rules }
}

/** Meta allows what no rule here may say, such as a budget lowered by more than all of it: such a file would not load. */
const faultsOfRule = (lines: readonly string[]): readonly string[] =>
  loadRules([{ path: 'rule', text: `rules:\n${lines.join('\n')}\n` }], null)
    .diagnostics.filter(isError)
    .map(({ message, hint }) => (hint === undefined ? message : `${message}; ${hint}`))

const SCOPES: Readonly<Record<string, string>> = { CAMPAIGN: 'campaign', ADSET: 'adset', AD: 'ad' }
/** Filters that say how the rule is evaluated, rather than what of. */
const FRAME = new Set(['entity_type', 'time_preset', 'attribution_window'])
/** What a rule here selects by, where Meta has one list for all. */
const SELECTS = /(^|\.)(name|id|effective_status|objective)$/

function translate(
  source: AdRuleSource,
  options: ImportOptions,
  id: string,
): { lines: { id: string; rule: string[] }; faults: string[] } {
  const evaluation = recordOf(source.evaluation_spec)
  const filters = filtersOf(evaluation['filters'])
  const valueOf = (field: string): unknown => filters.find((filter) => filter.field === field)?.value
  const preset = valueOf('time_preset')
  const scope = SCOPES[String(valueOf('entity_type'))]
  const faults: string[] = []
  if (evaluation['evaluation_type'] !== 'SCHEDULE')
    faults.push('it is set off by a change at Meta, and rules here look at their own pace')
  if (scope === undefined) faults.push('it does not say whether it is for campaigns, ad sets or ads')

  const steps = translateSteps(source.execution_spec, { ...options, name: source.name })
  const asked = filters.filter(({ field }) => !FRAME.has(field))
  const time = typeof preset === 'string' ? preset : null
  const where = translateFilters([...hiddenStatus(asked, steps.steps), ...asked.filter(selects)], time, options.currency)
  const when = translateFilters(
    asked.filter((filter) => !selects(filter)),
    time,
    options.currency,
  )
  const schedule = translateSchedule(source.schedule_spec)
  faults.push(
    ...where.faults,
    ...when.faults,
    ...steps.faults,
    ...(schedule.kind === 'fault' && faults.length === 0 ? [schedule.fault] : []),
  )

  const notes = [...where.notes, ...when.notes, ...steps.notes]
  const attribution = valueOf('attribution_window')
  if (attribution !== undefined && attribution !== 'ACCOUNT_DEFAULT')
    notes.push(
      `Meta’s rule counts conversions of ${textsOf(attribution).join(', ')}; here they count by each ad set’s own attribution, or by the account’s where it names one`,
    )
  if (source.status !== 'ENABLED') notes.unshift(`it was ${source.status} in Ads Manager`)
  const rule = [
    ...notes.map((note) => `  # ${comment(note)}`),
    `  - id: ${id}`,
    `    description: ${scalar(source.name)}`,
    `    account: ${options.account}`,
    `    scope: ${scope ?? 'adset'}`,
    ...conditionLines('where', where.lines),
    `    ${schedule.kind === 'line' ? schedule.line : ''}`,
    ...conditionLines('when', when.lines),
    '    then:',
    ...steps.steps.map((step) => `      - ${step}`),
    '    mode: observe',
    ...(steps.cooldown === null ? [] : [`    cooldown: ${steps.cooldown}`]),
  ]
  return { lines: { id, rule }, faults: [...new Set(faults)] }
}

const selects = ({ field }: Filter): boolean => SELECTS.test(field)

/** Meta adds a filter of the status where a rule has none. */
function hiddenStatus(filters: readonly Filter[], steps: readonly string[]): Filter[] {
  if (filters.some(({ field }) => field.endsWith('effective_status'))) return []
  const starts = steps.some((step) => step.startsWith('start'))
  return starts
    ? [{ field: 'effective_status', operator: 'NOT_IN', value: ['DELETED', 'ARCHIVED'] }]
    : [{ field: 'effective_status', operator: 'IN', value: ['ACTIVE', 'PENDING_REVIEW'] }]
}

function conditionLines(key: string, lines: readonly TranslatedLine[]): string[] {
  if (lines.length === 0) return []
  const written = lines.flatMap(({ any, negated }) => {
    if (any.length > 1) return ['      - any:', ...any.map((text) => `          - ${scalar(text)}`)]
    return [`      - ${negated ? 'not: ' : ''}${scalar(any[0]!)}`]
  })
  return [`    ${key}:`, ...written]
}

/** Kebab-case from the name, with the end of Meta's id where the name gives none or one that is taken. */
function uniqueId({ id, name: given }: AdRuleSource, taken: ReadonlySet<string>): string {
  const kebab = given
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')
  if (kebab !== '' && !taken.has(kebab)) return kebab
  const name = kebab === '' ? 'meta-rule' : kebab
  for (let count = 1; ; count++) {
    const unique = `${name}-${id.slice(-6)}${count === 1 ? '' : `-${count}`}`
    if (!taken.has(unique)) return unique
  }
}

function untranslated(source: AdRuleSource, faults: readonly string[]): string[] {
  const spec = (name: string, value: unknown): string => `#   ${name}: ${comment(JSON.stringify(value) ?? 'null')}`
  return [
    `# ${comment(source.name)} (${source.id}, ${source.status}) has no equal:`,
    ...faults.map((fault) => `#   - ${comment(fault)}`),
    spec('evaluation_spec', source.evaluation_spec),
    spec('execution_spec', source.execution_spec),
    ...(source.schedule_spec === null ? [] : [spec('schedule_spec', source.schedule_spec)]),
  ]
}

/** The text of a comment must not end it. */
const comment = (text: string): string => text.replace(/\s+/g, ' ')

/** A text as YAML: as it is where that is safe, else between single quotes. */
const scalar = (text: string): string =>
  /^[A-Za-z_][\w .,[\]<>=+*/()-]*$/.test(text) && !/\s$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : `'${text.replace(/\s+/g, ' ').replaceAll("'", "''")}'`
