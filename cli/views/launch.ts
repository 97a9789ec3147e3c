/** The progress and the outcome of a launch as `tetik apply` prints them. */

import { objectInWords } from '../../engine/launch/words.js'
import { printable } from '../../engine/text/printable.js'
import type { AppliedLaunch } from '../../service/operations/launch-command.js'
import type { LaunchObjectRow } from '../../store/launches/launch-objects.js'

const STATES: Readonly<Record<LaunchObjectRow['state'], string | null>> = {
  intended: null,
  sent: 'sent to Meta',
  standing: 'exists',
  replaced: 'replaced',
  deleted: 'deleted again',
  absent: 'not created',
}

/** Returns one line, or null for a state that is not worth reporting. */
export function progressLine(row: LaunchObjectRow): string | null {
  const state = STATES[row.state]
  return state === null ? null : `${printable(objectInWords(row))}: ${state}${row.meta_id === null ? '' : ` (${row.meta_id})`}\n`
}

export function appliedAsJson({ run, workflowId, objects }: AppliedLaunch, link: string | null): string {
  const { id, launch, account, version, publish, state, note } = run
  const made = objects.map(({ key, kind, name, meta_id, published_at }) => ({
    key,
    kind,
    name,
    id: meta_id,
    published: published_at !== null,
  }))
  return `${JSON.stringify({ run: id, launch, account, version, publish, state, note, workflowId, link, objects: made }, null, 2)}\n`
}

/** @param link the campaign's address in Ads Manager; null if there is no campaign */
export function appliedForPeople({ run, objects }: AppliedLaunch, link: string | null): string {
  const lines = objects
    .filter(({ kind }) => kind === 'campaign' || kind === 'adset' || kind === 'ad')
    .map((row) => `  ${printable(objectInWords(row))} ${row.meta_id ?? ''}${row.published_at === null ? '' : ', active'}`)
  const place = link === null ? [] : [`In Ads Manager: ${link}`]
  return `${[printable(`${run.launch}: ${run.state}. ${run.note ?? ''}`), ...lines, ...place].join('\n')}\n`
}

/** Returns the address of the campaign in Ads Manager; null if there is no campaign. */
export function campaignLink(accountId: string, objects: readonly LaunchObjectRow[]): string | null {
  const id = objects.find(({ kind }) => kind === 'campaign')?.meta_id
  if (id === undefined || id === null) return null
  const query = new URLSearchParams({ act: accountId.replace(/^act_/, ''), selected_campaign_ids: id })
  return `https://adsmanager.facebook.com/adsmanager/manage/adsets?${query.toString()}`
}
