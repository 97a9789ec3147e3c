import { ALL_ACCOUNTS, standingStops, type Stop as StoredStop } from '../../../store/rules/stops.js'
import { releaseSwitch, throwSwitch } from '../../operations/stop-switch.js'
import type { ApiContext } from '../http/context.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { Resumed, ResumeOrder, type Stop, StopOrder, StopPage, Stopped } from '../shapes/stop.js'
import { switchOf } from '../work/switch-of.js'
import { accountNamed } from './accounts.js'

const ALL = 'all'

export const stopOperations = [
  operation({
    id: 'listStops',
    method: 'get',
    path: '/api/stops',
    tag: 'Stopping',
    summary: 'The stop switches that are on',
    responses: { 200: { description: 'All of them', schema: StopPage } },
    handle: async (_, { store }) => answer(200, { data: (await standingStops(store)).map(viewOf), next: null }),
  }),
  operation({
    id: 'stop',
    method: 'post',
    path: '/api/stop',
    tag: 'Stopping',
    summary: 'Stops the rules of an account, or of all',
    description:
      'Takes effect immediately: rules change nothing any more and waiting carry-outs end. What they paused stays paused, except for rules with `on_stop: start`. The account’s owner is notified.',
    body: StopOrder,
    write: true,
    problems: ['not-found'],
    responses: { 200: { description: 'They are stopped', schema: Stopped } },
    handle: async ({ body }, context) => {
      const account = storedName(context, body.account)
      const reason = body.reason ?? 'by hand'
      const { stops, waiting, untold } = await throwSwitch(switchOf(context), { accounts: [account], reason, by: 'API' })
      if (untold !== null) context.logError(`Waiting carry-outs and people could not be notified of the stop: ${untold.message}`)
      const [made] = stops
      if (made === undefined) throw new Error('the stop was stored but not returned')
      return answer(200, { stop: viewOf(made.stop), isNew: made.isNew, ended: waiting, told: untold === null })
    },
  }),
  operation({
    id: 'resume',
    method: 'post',
    path: '/api/resume',
    tag: 'Stopping',
    summary: 'Resumes the rules of an account; with `all`, those of every account',
    body: ResumeOrder,
    write: true,
    problems: ['not-found'],
    responses: { 200: { description: 'They are resumed', schema: Resumed } },
    handle: async ({ body }, context) => {
      const account = body.account === ALL ? null : storedName(context, body.account)
      const { resumed, standing } = await releaseSwitch(context, account)
      return answer(200, { resumed: resumed.map(shownName), standing: standing.map(viewOf) })
    },
  }),
]

const storedName = (context: ApiContext, name: string): string => (name === ALL ? ALL_ACCOUNTS : accountNamed(context, name).name)

const shownName = (account: string): string => (account === ALL_ACCOUNTS ? ALL : account)

const viewOf = ({ account, reason, stopped_by: by, since }: StoredStop): Stop => ({
  account: shownName(account),
  reason,
  by,
  since: instant(since),
})
