/** The plan as `tetik plan` prints it, and `tetik apply` before it asks for confirmation. Each text ends with a line break. */

import pc from 'picocolors'

import type { Json } from '../../engine/launch/json.js'
import type { LaunchReading, PlannedAction, PlannedObject } from '../../engine/launch/launch-plan.js'
import { refOf } from '../../engine/launch/refs.js'
import { countsInWords, objectInWords } from '../../engine/launch/words.js'
import { printable } from '../../engine/text/printable.js'
import { moneyText } from '../../engine/text/value-text.js'

const SIGNS: Readonly<Record<PlannedAction, string>> = { create: '+', update: '~', replace: '-/+', none: ' ' }
const MONEY = new Set(['daily_budget', 'lifetime_budget', 'bid_amount', 'spend_cap'])

export const hasChanges = ({ plan }: LaunchReading, overwriteDrift = false): boolean =>
  plan.publish.length > 0 || plan.objects.some(({ action, drift }) => action !== 'none' || (overwriteDrift && drift.length > 0))

export function planAsJson({ spec, plan, existing, unanswered }: LaunchReading): string {
  const { key, account, file, version, publish } = spec
  const objects = plan.objects.map(({ object, action, changes, drift, because }) => ({
    key: object.key,
    kind: object.kind,
    name: object.name,
    id: existing.get(object.key)?.id ?? null,
    action,
    because,
    changes,
    drift,
    fields: object.fields,
    filled: object.filled,
  }))
  const leftAlone = plan.leftAlone.map((one) => ({ key: one, id: existing.get(one)?.id ?? null }))
  const shown = {
    launch: key,
    account,
    file,
    version,
    publish,
    objects,
    leftAlone,
    toPublish: plan.publish,
    notKnownYet: unanswered,
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}

export function planForPeople(reading: LaunchReading, overwriteDrift = false): string {
  const { spec, plan, existing, unanswered } = reading
  const idOf = (key: string): string | null => existing.get(key)?.id ?? null
  const lines = [pc.bold(printable(`${spec.key} (${spec.file}, ${spec.account}, publish: ${spec.publish})`)), '']
  for (const one of plan.objects) lines.push(...objectLines(one, idOf(one.object.key), spec.currency, overwriteDrift))
  for (const key of plan.leftAlone)
    lines.push(pc.dim(`    ${printable(key)}${idText(idOf(key))}: no longer in the file, left alone`))
  for (const key of unanswered)
    lines.push(
      pc.yellow(`  ? ${printable(key)}: the answer to an earlier attempt was lost; applying first finds out whether it exists`),
    )
  if (lines.length > 2) lines.push('')
  lines.push(summary(reading, overwriteDrift))
  return `${lines.join('\n')}\n`
}

function summary({ plan }: LaunchReading, overwriteDrift: boolean): string {
  const drifted = plan.objects.filter(({ drift }) => drift.length > 0).length
  const parts = [countsInWords(plan.objects.map(({ action }) => action))]
  if (plan.publish.length > 0) parts.push(`${plan.publish.length} set active once everything exists`)
  if (drifted > 0) {
    const what = overwriteDrift
      ? 'what was changed outside is overwritten'
      : 'what was changed outside is left alone (--overwrite-drift overwrites it)'
    parts.push(`${drifted} changed at Meta since: ${what}`)
  }
  return `${parts.join('; ')}.`
}

function objectLines(
  { object, action, changes, drift, because }: PlannedObject,
  id: string | null,
  currency: string,
  overwrite: boolean,
): string[] {
  const value = (field: string, of: Json | null): string => valueText(field, of, currency)
  const does = action === 'none' && overwrite && drift.length > 0 ? 'update' : action
  const head = `${SIGNS[does].padStart(3)} ${printable(objectInWords(object))}${idText(action === 'create' ? null : id)}${because === null ? '' : ` (${printable(because)})`}`
  const lines = [paint(does, head)]
  if (action === 'create') {
    const filled = new Set(object.filled.map(({ field }) => field))
    const written = Object.entries(object.fields).filter(([field]) => !filled.has(field))
    for (const [field, of] of written) if (field !== 'name') lines.push(`      ${field}: ${value(field, of)}`)
    for (const { field, value: of, why } of object.filled)
      lines.push(pc.dim(`      ${field}: ${value(field, of)}  # filled in: ${printable(why)}`))
  } else {
    for (const { field, before, after } of changes) lines.push(`      ${field}: ${value(field, before)} → ${value(field, after)}`)
  }
  for (const { field, applied, live } of drift) {
    lines.push(pc.yellow(`      changed outside: ${field}: ${value(field, applied)} → ${value(field, live)}`))
  }
  return lines
}

const idText = (id: string | null): string => (id === null ? '' : ` ${id}`)

function paint(action: PlannedAction, text: string): string {
  switch (action) {
    case 'create':
      return pc.green(text)
    case 'update':
      return pc.yellow(text)
    case 'replace':
      return pc.magenta(text)
    case 'none':
      return pc.dim(text)
  }
}

function valueText(field: string, value: Json | null, currency: string): string {
  if (value === null) return 'none'
  const isAmount = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value))
  if (MONEY.has(field) && isAmount) return moneyText(Number(value), { language: 'en', currency })
  const text = JSON.stringify(value, (_key, inner: Json) => {
    const ref = refOf(inner)
    return ref === null ? inner : `${ref.kind.slice(1)} of ${ref.key}`
  })
  return printable(text)
}
