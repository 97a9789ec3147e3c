/** Converts Ads Manager's automated rules to a rule file. A rule that cannot be converted becomes a comment with the reasons. */

import { isError } from '../diagnostic/fault.js'
import { loadRules } from '../rule/read/load.js'
import { type AdRuleSource, type Filter, filtersOf, recordOf, textsOf } from './ad-rule.js'
import { type TranslatedLine, translateFilters } from './condition.js'
import { translateSchedule } from './schedule.js'
import { translateSteps } from './steps.js'

export interface ImportOptions {
  readonly account: string
  readonly currency: string
  /** The recipient of notifications; null if tetik.yaml has none. */
  readonly recipient: string | null
}

export interface ImportedRules {
  readonly yaml: string
  /** In the order of Meta's list; `faults` is empty if the rule was converted. */
  readonly rules: readonly { readonly source: string; readonly id: string | null; readonly faults: readonly string[] }[]
}

const HEADER = [
  '# yaml-language-server: $schema=../schema/rules.schema.json',
  '# Imported from Meta’s automated rules. Each rule only observes until you write `mode: act`. Switch it off in Ads Manager first, or both act.',
  '# Amounts were read as minor units of the account’s currency, as Meta’s rules have them. Check each before you rely on it.',
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

/** Returns errors of the converted rule. Meta allows some values that tetik does not, such as lowering a budget by more than 100%. */
const faultsOfRule = (lines: readonly string[]): readonly string[] =>
  loadRules([{ path: 'rule', text: `rules:\n${lines.join('\n')}\n` }], null)
    .diagnostics.filter(isError)
    .map(({ message, hint }) => (hint === undefined ? message : `${message}; ${hint}`))

const SCOPES: Readonly<Record<string, string>> = { CAMPAIGN: 'campaign', ADSET: 'adset', AD: 'ad' }
/** Filters that say how the rule is evaluated; they are not conditions. */
const FRAME = new Set(['entity_type', 'time_preset', 'attribution_window'])
/** Fields whose conditions belong to `where`; Meta has one list for all conditions. */
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
    faults.push('it is triggered by a change at Meta; rules here run on a schedule')
  if (scope === undefined) faults.push('it does not say whether it applies to campaigns, ad sets or ads')

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
      `Meta’s rule counts conversions of ${textsOf(attribution).join(', ')}; here they are counted by each ad set’s own attribution setting, or by the account’s if it has one`,
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

/** Returns the filter on the status that Meta adds implicitly if a rule has none. */
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

/** Makes a kebab-case id from the name, with the end of Meta's id appended if the name yields none or one that is taken. */
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
    `# Not imported: ${comment(source.name)} (${source.id}, ${source.status})`,
    ...faults.map((fault) => `#   - ${comment(fault)}`),
    spec('evaluation_spec', source.evaluation_spec),
    spec('execution_spec', source.execution_spec),
    ...(source.schedule_spec === null ? [] : [spec('schedule_spec', source.schedule_spec)]),
  ]
}

/** Puts a text on one line, since a line break would end the comment. */
const comment = (text: string): string => text.replace(/\s+/g, ' ')

/** Writes a text as YAML: unquoted if that is safe, else between single quotes. */
const scalar = (text: string): string =>
  /^[A-Za-z_][\w .,[\]<>=+*/()-]*$/.test(text) && !/\s$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : `'${text.replace(/\s+/g, ' ').replaceAll("'", "''")}'`
