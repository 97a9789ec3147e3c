/** The time from the start of a tick to the write at Meta: syncing the account, evaluating, deciding, preparing, writing. */

import { connectClient } from '../service/temporal/connection.js'
import { listEntities } from '../store/account/entities.js'
import { installationId } from '../store/base/installation.js'
import { openStore } from '../store/base/store.js'
import { requestEvaluation } from '../store/rules/evaluation-requests.js'
import { ACCOUNT_FILE } from '../test/end-to-end/fixtures.js'
import { Project, until } from '../test/end-to-end/project.js'
import { type Benchmark, median } from './measure.js'

const ROUNDS = 10
const ACCOUNT = 'moda-tr'

/** Pauses and starts at once, so that the rule can fire at every tick; each firing writes twice. */
const rule = (adset: string): string => `rules:
  - id: pause-and-start
    account: ${ACCOUNT}
    scope: adset
    where: id = "${adset}"
    at: "03:00"
    when: spend[last_7d] > 0 TRY
    then: [pause, start]
    mode: act
    cooldown: 0m
`
const SETTINGS = ACCOUNT_FILE.replace(
  '    targets:',
  '    guardrails: { actions_per_hour: 1000, actions_per_day: 1000, last_adset: true }\n    targets:',
)

interface Logged {
  readonly id: number
  readonly time: string
  readonly path: string
  readonly mutation: { readonly after: unknown } | null
}

export const benchmark: Benchmark = {
  description: `one rule of an account with the sandbox's ad sets: from the tick's start to the write at Meta, ${ROUNDS} ticks`,
  run: async () => {
    const project = await Project.create({
      'tetik.yaml': SETTINGS,
      // Syncs the account once beforehand, since the first tick reads months of insights.
      'rules/r.yaml': `rules:\n  - { id: look, account: ${ACCOUNT}, scope: adset, every: 1d, when: "spend[last_7d] < 0 TRY" }\n`,
    })
    try {
      await project.up()
      const store = await openStore(project.settings.storeUrl)
      const adsets = await until(
        () => listEntities(store, { level: 'adset', status: 'ACTIVE', limit: 50 }),
        (found) => found.length > 0,
      )
      await until(
        () => store.db.selectFrom('rule_evaluations').selectAll().execute(),
        (rows) => rows.length > 0,
      )
      const [adset] = adsets
      project.write('rules/r.yaml', rule(adset!.id))
      await until(
        () => store.db.selectFrom('rules').selectAll().where('id', '=', 'pause-and-start').execute(),
        (rows) => rows.length > 0,
      )
      const temporal = await connectClient(project.settings.temporal, await installationId(store))
      const times: number[] = []
      const wholes: number[] = []
      let last = 0
      for (let round = 0; round < ROUNDS; round += 1) {
        await requestEvaluation(store, ACCOUNT, 'pause-and-start', Date.now())
        const schedule = temporal.schedule.getHandle(temporal.names.ids.watch(ACCOUNT))
        await schedule.trigger('BUFFER_ONE')
        const writes = await until(
          async () =>
            (await project.sandbox<{ requests: Logged[] }>('/sandbox/requests?effects=true')).requests
              .filter(({ id, path, mutation }) => id > last && path.endsWith(`/${adset!.id}`) && mutation !== null)
              .sort((a, b) => a.id - b.id),
          (found) => found.length === 2,
        )
        last = writes[1]!.id
        const { recentActions } = (await schedule.describe()).info
        const { workflow } = recentActions.at(-1)!.action
        const { startTime } = await temporal.workflow.getHandle(workflow.workflowId).describe()
        times.push(Date.parse(writes[0]!.time) - startTime.getTime())
        wholes.push(Date.parse(writes[1]!.time) - startTime.getTime())
        // The rule cannot fire again until this carry-out has ended.
        await until(
          () => store.db.selectFrom('decisions').select('id').where('progress', 'in', ['planned', 'running']).execute(),
          (open) => open.length === 0,
        )
      }
      await temporal.connection.close()
      await store.close()
      return [
        { name: 'tick’s start to the write at Meta, median', value: median(times), unit: 'ms' },
        { name: 'the slowest', value: Math.max(...times), unit: 'ms' },
        { name: 'tick’s start to the second write of the same rule', value: median(wholes), unit: 'ms' },
      ]
    } finally {
      await project.dispose()
    }
  },
}
