/** Output of `tetik stop` and `tetik resume`. Each text ends with a line break. */

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
      ? `${whose} are stopped. They will change nothing until \`tetik resume${stop.account === ALL_ACCOUNTS ? '' : ` ${stop.account}`}\`.`
      : `${whose} have been stopped since ${since}: ${stop.reason} (${stop.stopped_by}).`
  })
  if (waiting > 0 && untold === null)
    lines.push(
      `${waiting} waiting ${waiting === 1 ? 'run' : 'runs'} ended; what they paused stays paused, except for rules with on_stop: start.`,
    )
  if (untold !== null) {
    lines.push(
      `No notice was sent: ${printable(untold.message.split('\n', 1)[0] ?? '').replace(/\.$/, '')}.${waiting === 0 ? '' : ` ${waiting} waiting ${waiting === 1 ? 'run ends' : 'runs end'} at the next step.`}`,
    )
  }
  return `${lines.join('\n')}\n`
}

export const resumedAsJson = ({ resumed, standing }: ResumeResult): string =>
  asJson({ resumed: resumed.map(nameOf), standing: standing.map(stopAsJson) })

export function resumedForPeople({ resumed, standing }: ResumeResult): string {
  const lines = resumed.map((account) =>
    account === ALL_ACCOUNTS ? 'The rules of all accounts are active again.' : `The rules of ${account} are active again.`,
  )
  if (resumed.length === 0) lines.push('No rules were stopped.')
  for (const stop of printableData(standing)) {
    lines.push(
      `All accounts are still stopped: ${stop.reason} (${stop.stopped_by}). To resume them: \`tetik resume\` without a name.`,
    )
  }
  return `${lines.join('\n')}\n`
}
