/** One rule, key by key. Every key is read though another has a fault, so that all faults are told. */

import type { Settings } from '../account/account.js'
import { DEFAULT_SETTINGS } from '../account/load.js'
import type { Reading } from '../diagnostic/fault.js'
import { Fields } from '../document/fields.js'
import { shape } from '../document/shape.js'
import type { YamlFile, YamlNode } from '../document/yaml.js'
import { parseDuration, refuse } from '../expression/amount.js'
import type { Vocabulary } from '../expression/vocabulary.js'
import { DEFAULT_CADENCE, readCadence } from './cadence-source.js'
import { readCondition } from './condition.js'
import { coverage, type DataAccount } from './coverage.js'
import type { Limit, Rule, Step } from './rule.js'
import { RuleSchema, type RuleSource } from './schema.js'
import { readStep } from './step.js'
import { versionOf } from './version.js'

const MOST_STEPS = 50

/** Null where the rule has an error. `data` is the account of a `--data` file, where there is one. */
export function readRule(
  file: YamlFile,
  node: YamlNode,
  settings: Settings | null,
  data: DataAccount | null,
): { rule: Rule; idSpan: { start: number; end: number } } | null {
  const errorsBefore = file.source.errorCount
  const { value, places } = shape(file, RuleSchema, node, 'the rule')
  if (value === undefined) return null
  const written = value as Partial<RuleSource>
  const fields = new Fields(file, places)
  const defaults = (settings ?? DEFAULT_SETTINGS).defaults

  const id = fields.read('id', written.id, parseId)
  const scope = written.scope ?? null
  const covered = coverage(written.account, settings, data, fields)
  const vocabulary: Vocabulary = { scope, accounts: covered.accounts }
  const condition = (key: 'where' | 'when' | 'clear') => {
    const node = written[key]
    return node === undefined ? null : readCondition(file, node, key, vocabulary)
  }
  const cadence = readCadence(written, fields)
  const mode = written.mode ?? defaults.mode
  const steps = { scope, vocabulary, recipients: data === null ? (settings?.recipients ?? null) : null, accounts: covered.names }
  const then = (written.then ?? []).map((step, index) =>
    step === undefined ? null : readStep(step, `then/${index}`, fields, steps),
  )
  if ((written.then ?? []).length > MOST_STEPS) fields.fault('then', 'out-of-range', `a rule has ${MOST_STEPS} steps at most`)
  if (mode !== 'observe' && written.then?.length === 0) {
    fields.fault('then', 'empty', 'a rule that acts has nothing to do', 'for example `- pause`')
  }
  if (mode !== 'observe' && !places.has('then') && written.mode !== undefined) {
    fields.fault('mode', 'missing-key', 'a rule that acts has no `then`', 'for example `then: [pause]`')
  }
  if (!places.has('when') && cadence === DEFAULT_CADENCE) {
    fields.fault(
      'id',
      'missing-key',
      'the rule has neither `when` nor a time',
      'for example `when: cpa[last_3d] > 120 TRY`, or `at: "09:00"`',
    )
  }
  const read = {
    description: (written.description ?? '').trim(),
    file: file.source.path,
    line: file.source.place(fields.span('id', 'value').start).line,
    account: written.account ?? null,
    where: condition('where'),
    when: condition('when'),
    holdFor: fields.read('for', written.for, parseRest) ?? 0,
    clear: condition('clear'),
    // A rule without a condition is due whenever its time comes: a rest would silence a daily one every other day.
    cooldown: fields.read('cooldown', written.cooldown, parseRest) ?? (places.has('when') ? defaults.cooldown : 0),
    limit: fields.read('limit', written.limit, parseLimit),
    priority: readPriority(written.priority, fields),
    mode,
    then: then.filter((step): step is Step => step !== null),
    onStop: written.on_stop ?? ('leave' as const),
  }
  if (id === null || scope === null || cadence === null || file.source.errorCount > errorsBefore) return null
  const rule = { id, scope, cadence, ...read }
  return { rule: { ...rule, version: versionOf(rule) }, idSpan: fields.span('id', 'value') }
}

const LONGEST_REST = 366 * 86_400_000

function parseRest(text: string): Reading<number> {
  const { value, faults } = parseDuration(text)
  if (value !== null && value > LONGEST_REST) return refuse(text, 'out-of-range', 'this is longer than a year')
  return { value, faults }
}

function parseId(text: string): Reading<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 64) return { value: text, faults: [] }
  if (text.length > 64) return refuse(text, 'bad-id', `the id has ${text.length} characters, and 64 is the most`)
  const suggestion = kebab(text)
  return refuse(
    text,
    'bad-id',
    'an id is kebab-case: small letters a to z and digits, with `-` between words',
    suggestion === '' ? 'for example `pause-expensive-adsets`' : `did you mean \`${suggestion}\`?`,
  )
}

/** `Pahalı setler` → `pahali-setler`. */
const kebab = (text: string): string =>
  text
    .replaceAll('ı', 'i')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

function parseLimit(text: string): Reading<Limit> {
  const count = /^\s*(\d{1,6})\s+per\s+day\s*$/.exec(text)?.[1]
  if (count === undefined) {
    const bare = /^\s*\d{1,6}\s*$/.test(text)
    return refuse(
      text,
      'bad-limit',
      'a limit is a number for each day',
      bare ? `did you mean \`${text.trim()} per day\`?` : 'for example `5 per day`',
    )
  }
  if (Number(count) < 1) return refuse(text, 'out-of-range', 'a limit of nothing would silence the rule', 'use `mode: observe`')
  return { value: { count: Number(count), per: 'day' }, faults: [] }
}

function readPriority(written: number | undefined, fields: Fields): number {
  if (written !== undefined && Math.abs(written) > 1_000_000)
    fields.fault('priority', 'out-of-range', 'a priority is a million at most')
  return written ?? 0
}
