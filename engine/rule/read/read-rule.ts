/**
 * Reads one rule, with or without a blueprint. Every key is read even if another has an error, so that all errors are reported.
 */

import { isMap } from 'yaml'

import type { Settings } from '../../account/account.js'
import { DEFAULT_SETTINGS } from '../../account/load.js'
import { type Reading, refuse } from '../../diagnostic/fault.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import { shape } from '../../document/read-against-schema.js'
import type { YamlFile, YamlNode } from '../../document/yaml-file.js'
import { parseDuration } from '../../expression/read/amount.js'
import type { BoundInput, Vocabulary } from '../../expression/read/vocabulary.js'
import { readCondition } from '../parts/condition.js'
import type { Limit, Rule, Step } from '../rule.js'
import { type Blueprint, type BrokenBlueprint, unboundInputs } from './blueprint.js'
import { DEFAULT_CADENCE, readCadence } from './cadence-source.js'
import { coverage, type Coverage, type DataAccount, everyAccount } from './coverage.js'
import type { OwnMetrics } from './own-metrics.js'
import { RuleBodySchema, type RuleBodySource, RuleSchema, type RuleSource, UseSchema, type UseSource } from './schema.js'
import { reportMissingColons } from './step-colon.js'
import { readStep } from './step.js'
import { bindInputs, readForUse, reportAtUse } from './use-blueprint.js'
import { versionOf } from './version.js'

const MOST_STEPS = 50

/** What a rule is checked against. */
export interface RuleContext {
  readonly settings: Settings | null
  /** The account of a `--data` file, if there is one. */
  readonly data: DataAccount | null
  /** The metrics of its own file. */
  readonly metrics: OwnMetrics
  readonly blueprints: ReadonlyMap<string, Blueprint | BrokenBlueprint>
  /** The accounts of the project's launch specs by their keys; null if it is unknown which specs exist. */
  readonly launches: ReadonlyMap<string, string | null> | null
}

export interface PlacedRule {
  readonly id: string
  /** Null if the rule has an error. */
  readonly rule: Rule | null
  readonly idSpan: { readonly start: number; readonly end: number }
}

/** Reads a rule. Null if not even its id can be read. */
export function readRule(file: YamlFile, node: YamlNode, context: RuleContext): PlacedRule | null {
  if (isMap(node) && node.has('use')) return readUse(file, node, context)
  const errorsBefore = file.source.errorCount
  const { value, places } = shape(reportMissingColons(file, node), RuleSchema, node, 'the rule')
  if (value === undefined) return null
  const written = value as Partial<RuleSource>
  const fields = new Fields(file, places)
  const id = fields.read('id', written.id, parseId)
  const covered = coverage(written.account, context.settings, context.data, fields)
  const body = readBody(fields, written, places.has('id') ? 'id' : 'scope', { ...context, covered })
  if (id === null) return null
  const idSpan = fields.span('id', 'value')
  if (body === null || file.source.errorCount > errorsBefore) return { id, rule: null, idSpan }
  const rule = {
    id,
    file: file.source.path,
    line: file.source.place(idSpan.start).line,
    account: written.account ?? null,
    ...body,
  }
  return { id, rule: { ...rule, version: versionOf(rule) }, idSpan }
}

function readUse(file: YamlFile, node: YamlNode, context: RuleContext): PlacedRule | null {
  const errorsBefore = file.source.errorCount
  const { value, places } = shape(file, UseSchema, node, 'a rule that uses a blueprint')
  if (value === undefined) return null
  const written = value as Partial<UseSource>
  const fields = new Fields(file, places)
  const id = fields.read('id', written.id, parseId)
  const covered = coverage(written.account, context.settings, context.data, fields)
  readPriority(written.priority, fields)
  const blueprint = written.use === undefined ? null : findBlueprint(written.use, context.blueprints, fields)
  const inputs = blueprint === null ? null : bindInputs(written, blueprint, fields)
  if (blueprint === null || inputs === null) return id === null ? null : { id, rule: null, idSpan: fields.span('id', 'value') }
  const { value: body, faults } = readForUse(blueprint, (copy) =>
    readBlueprintBody(copy, blueprint, { ...context, metrics: blueprint.metrics, covered, inputs }),
  )
  reportAtUse(faults, blueprint, fields)
  if (written.mode !== undefined && written.mode !== 'observe' && body?.then.length === 0) {
    fields.fault(
      'mode',
      'missing-key',
      `the blueprint \`${blueprint.name}\` has no \`then\` that could be carried out`,
      'use `mode: observe`',
    )
  }
  if (id === null) return null
  const idSpan = fields.span('id', 'value')
  if (body === null || file.source.errorCount > errorsBefore) return { id, rule: null, idSpan }
  const rule = {
    id,
    file: file.source.path,
    line: file.source.place(idSpan.start).line,
    blueprint: { name: blueprint.name, file: blueprint.file, line: blueprint.line },
    account: written.account ?? null,
    ...body,
    description: written.description?.trim() ?? body.description,
    mode: written.mode ?? body.mode,
    priority: written.priority ?? body.priority,
  }
  return { id, rule: { ...rule, version: versionOf(rule) }, idSpan }
}

function findBlueprint(name: string, blueprints: RuleContext['blueprints'], fields: Fields): Blueprint | null {
  const found = blueprints.get(name)
  if (found?.kind === 'sound') return found
  if (found !== undefined) {
    // If the blueprint's own errors are reported, an error here would only repeat them.
    if (!found.isReported) {
      fields.fault(
        'use',
        'broken-blueprint',
        `the blueprint \`${name}\` has an error of its own`,
        `see \`tetik check ${found.file}\``,
      )
    }
    return null
  }
  const names = [...blueprints.keys()]
  const hint =
    didYouMean(name, names) ??
    (names.length === 0 ? 'no file has `blueprints:`' : `there are ${names.map((each) => `\`${each}\``).join(', ')}`)
  fields.fault('use', 'unknown-blueprint', `there is no blueprint \`${name}\``, hint)
  return null
}

/** Checks a blueprint by itself, without values for its inputs. Returns false if it has an error. */
export function checkBlueprint(blueprint: Blueprint, context: RuleContext): boolean {
  const covered: Coverage = { accounts: everyAccount(context.settings), names: null }
  const own = { ...context, metrics: blueprint.metrics, covered, inputs: unboundInputs(blueprint) }
  return readBlueprintBody(blueprint.fields.file, blueprint, own) !== null
}

function readBlueprintBody(file: YamlFile, blueprint: Blueprint, context: BodyContext): RuleBody | null {
  const errorsBefore = file.source.errorCount
  const { value, places } = shape(
    reportMissingColons(file, blueprint.body),
    RuleBodySchema,
    blueprint.body,
    'the rule of a blueprint',
  )
  if (value === undefined) return null
  const body = readBody(new Fields(file, places), value as Partial<RuleBodySource>, 'scope', context)
  return file.source.errorCount > errorsBefore ? null : body
}

interface BodyContext extends RuleContext {
  readonly covered: Coverage
  readonly inputs?: ReadonlyMap<string, BoundInput>
}

type RuleBody = Omit<Rule, 'id' | 'file' | 'line' | 'version' | 'account' | 'blueprint'>

/** Reads every key, even if another has an error. Errors of the whole rule are reported at the key `at`. */
function readBody(fields: Fields, written: Partial<RuleBodySource>, at: 'id' | 'scope', context: BodyContext): RuleBody | null {
  const { settings, data, covered, metrics, inputs, launches } = context
  const { file } = fields
  const defaults = (settings ?? DEFAULT_SETTINGS).defaults
  const scope = written.scope ?? null
  const vocabulary: Vocabulary = {
    scope,
    accounts: covered.accounts,
    metrics,
    ...(inputs === undefined ? {} : { inputs }),
    payload: written.on !== undefined,
  }
  const condition = (key: 'where' | 'when' | 'clear') => {
    const node = written[key]
    const own = key === 'where' ? { ...vocabulary, aggregates: false } : vocabulary
    return node === undefined ? null : readCondition(file, node, key, own)
  }
  const duration = (key: 'for' | 'cooldown') => fields.read(key, written[key], (text) => parseRest(text, vocabulary))
  const cadence = readCadence(written, fields, vocabulary)
  const mode = written.mode ?? defaults.mode
  const recipients = data === null ? (settings?.recipients ?? null) : null
  const steps = { scope, vocabulary, recipients, accounts: covered.names, launches: data === null ? launches : null }
  const then = (written.then ?? []).map((step, index) => (step === undefined ? null : readStep(step, index, fields, steps)))
  if ((written.then ?? []).length > MOST_STEPS) fields.fault('then', 'out-of-range', `a rule has at most ${MOST_STEPS} steps`)
  if (mode !== 'observe' && written.then?.length === 0) {
    fields.fault('then', 'empty', 'a rule that acts has nothing to do', 'for example `- pause`')
  }
  if (mode !== 'observe' && !fields.has('then') && written.mode !== undefined) {
    fields.fault('mode', 'missing-key', 'a rule that acts has no `then`', 'for example `then: [pause]`')
  }
  if (!fields.has('when') && cadence === DEFAULT_CADENCE) {
    fields.fault(
      at,
      'missing-key',
      'the rule has neither `when` nor a time',
      'for example `when: cpa[last_3d] > 120 TRY`, or `at: "09:00"`',
    )
  }
  const read = {
    description: (written.description ?? '').trim(),
    where: condition('where'),
    when: condition('when'),
    holdFor: duration('for') ?? 0,
    clear: condition('clear'),
    // A rule without a condition fires at each of its times: a default cooldown would silence a daily rule every other day.
    // Events from outside are separate matters: a default cooldown would silence the second one.
    cooldown: duration('cooldown') ?? (fields.has('when') && !fields.has('on') ? defaults.cooldown : 0),
    limit: fields.read('limit', written.limit, parseLimit),
    priority: readPriority(written.priority, fields),
    mode,
    then: then.filter((step): step is Step => step !== null),
    onStop: written.on_stop ?? ('leave' as const),
  }
  return scope === null || cadence === null ? null : { scope, cadence, ...read }
}

const LONGEST_REST = 366 * 86_400_000

function parseRest(text: string, vocabulary: Vocabulary): Reading<number> {
  const { value, faults } = parseDuration(text, vocabulary)
  if (value !== null && value > LONGEST_REST) return refuse(text, 'out-of-range', 'this is longer than a year')
  return { value, faults }
}

const parseId = (text: string): Reading<string> => parseKebabId(text, 'an id', 'pause-expensive-adsets')

function parseLimit(text: string): Reading<Limit> {
  const count = /^\s*(\d{1,6})\s+per\s+day\s*$/.exec(text)?.[1]
  if (count === undefined) {
    const bare = /^\s*\d{1,6}\s*$/.test(text)
    return refuse(
      text,
      'bad-limit',
      'a limit is a number per day',
      bare ? `did you mean \`${text.trim()} per day\`?` : 'for example `5 per day`',
    )
  }
  if (Number(count) < 1) return refuse(text, 'out-of-range', 'a limit of 0 would silence the rule', 'use `mode: observe`')
  return { value: { count: Number(count), per: 'day' }, faults: [] }
}

function readPriority(written: number | undefined, fields: Fields): number {
  if (written !== undefined && Math.abs(written) > 1_000_000)
    fields.fault('priority', 'out-of-range', 'a priority is at most a million')
  return written ?? 0
}
