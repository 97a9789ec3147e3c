/** What `tetik stop` and `tetik resume` show. Each ends with an end of line. */

import { printable, printableData } from '../../engine/text/printable.js'
import type { ResumeResult, StopResult } from '../../service/operations/stop-switch.js'
import { ALL_ACCOUNTS, type Stop } from '../../store/rules/stops.js'

const nameOf = (account: string): string => (account === ALL_ACCOUNTS ? 'all' : account)

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const stopAsJson = ({ account, reason, stopped_by: by, since }: Stop) => ({
  account: nameOf(account),
  reason,
  by,
  since: new Date(since).toISOString(),
})

export const stoppedAsJson = ({ stops, waiting, untold }: StopResult): string =>
  asJson({
    stops: stops.map(({ stop, isNew }) => ({ ...stopAsJson(stop), isNew })),
    ended: waiting,
    told: untold === null,
    ...(untold === null ? {} : { why: untold.message }),
  })

export function stoppedForPeople({ stops, waiting, untold }: StopResult): string {
  const lines = printableData(stops).map(({ stop, isNew }) => {
    const whose = stop.account === ALL_ACCOUNTS ? 'The rules of all accounts' : `The rules of ${stop.account}`
    const since = new Date(stop.since).toLocaleString('sv')
    return isNew
      ? `${whose} are stopped. They change nothing until \`tetik resume${stop.account === ALL_ACCOUNTS ? '' : ` ${stop.account}`}\`.`
      : `${whose} were stopped already, since ${since}: ${stop.reason} (${stop.stopped_by}).`
  })
  if (waiting > 0 && untold === null) lines.push(`What waited has ended (${waiting}); what it paused stays paused.`)
  if (untold !== null) {
    lines.push(
      `Nobody was told (${printable(untold.message.split('\n', 1)[0] ?? '')})${waiting === 0 ? '' : `; what waits (${waiting}) ends when it next wants to act`}.`,
    )
  }
  return `${lines.join('\n')}\n`
}

export const resumedAsJson = ({ resumed, standing }: ResumeResult): string =>
  asJson({ resumed: resumed.map(nameOf), standing: standing.map(stopAsJson) })

export function resumedForPeople({ resumed, standing }: ResumeResult): string {
  const lines = resumed.map((account) =>
    account === ALL_ACCOUNTS ? 'The rules of all accounts may go on.' : `The rules of ${account} may go on.`,
  )
  if (resumed.length === 0) lines.push('Nothing was stopped.')
  for (const stop of printableData(standing)) {
    lines.push(
      `All accounts are still stopped: ${stop.reason} (${stop.stopped_by}). \`tetik resume\` without a name lets them go on.`,
    )
  }
  return `${lines.join('\n')}\n`
}
