/** What `tetik plan` shows, and `tetik apply` before it asks. Each ends with an end of line. */

import pc from 'picocolors'

import type { Json } from '../../engine/launch/json.js'
import type { PlannedAction, PlannedObject } from '../../engine/launch/planned-object.js'
import { refOf } from '../../engine/launch/refs.js'
import { countsInWords, objectInWords } from '../../engine/launch/words.js'
import { printable } from '../../engine/text/printable.js'
import { moneyText } from '../../engine/text/value-text.js'
import type { ShownPlan } from '../../service/operations/launch-command.js'

const SIGNS: Readonly<Record<PlannedAction, string>> = { create: '+', update: '~', replace: '-/+', none: ' ' }
const MONEY = new Set(['daily_budget', 'lifetime_budget', 'bid_amount', 'spend_cap'])

export const hasChanges = ({ plan }: ShownPlan, overwriteDrift = false): boolean =>
  plan.publish.length > 0 || plan.objects.some(({ action, drift }) => action !== 'none' || (overwriteDrift && drift.length > 0))

export function planAsJson({ launch, plan, ids, open }: ShownPlan): string {
  const { key, account, file, version, publish } = launch
  const objects = plan.objects.map(({ object, action, changes, drift, because }) => ({
    key: object.key,
    kind: object.kind,
    name: object.name,
    id: ids[object.key] ?? null,
    action,
    because,
    changes,
    drift,
    fields: object.fields,
    filled: object.filled,
  }))
  const leftAlone = plan.leftAlone.map((one) => ({ key: one, id: ids[one] ?? null }))
  const shown = { launch: key, account, file, version, publish, objects, leftAlone, toPublish: plan.publish, notKnownYet: open }
  return `${JSON.stringify(shown, null, 2)}\n`
}

export function planForPeople(shown: ShownPlan, overwriteDrift = false): string {
  const { launch, plan, ids, open } = shown
  const lines = [pc.bold(printable(`${launch.key} (${launch.file}, ${launch.account}, publish: ${launch.publish})`)), '']
  for (const one of plan.objects) lines.push(...objectLines(one, ids[one.object.key] ?? null, launch.currency, overwriteDrift))
  for (const key of plan.leftAlone)
    lines.push(pc.dim(`    ${printable(key)}${idText(ids[key] ?? null)}: no longer in the file, left alone`))
  for (const key of open)
    lines.push(
      pc.yellow(`  ? ${printable(key)}: the answer to an earlier attempt was lost; applying first finds out whether it exists`),
    )
  if (lines.length > 2) lines.push('')
  lines.push(summary(shown, overwriteDrift))
  return `${lines.join('\n')}\n`
}

function summary({ plan }: ShownPlan, overwriteDrift: boolean): string {
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
