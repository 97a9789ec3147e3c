/** The worker's memory after its first ticks and after many: it should stop growing. */

import { connectClient } from '../service/temporal/connection.js'
import { installationId } from '../store/base/installation.js'
import { openStore } from '../store/base/store.js'
import { requestEvaluation } from '../store/rules/evaluation-requests.js'
import { ACCOUNT_FILE } from '../test/end-to-end/fixtures.js'
import { Project, until } from '../test/end-to-end/project.js'
import { type Benchmark, residentMegabytes } from './measure.js'

const FIRST = 10
const TICKS = 60
const ACCOUNT = 'moda-tr'
const RULE = `rules:
  - id: look
    account: ${ACCOUNT}
    scope: adset
    every: 1d
    when:
      - cpa[last_3d] > 100000 TRY
      - spend[6h] > 100000 TRY
`

export const benchmark: Benchmark = {
  description: `resident memory of the worker's process after ${FIRST} and after ${TICKS} ticks of the sandbox's account`,
  run: async () => {
    const project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/r.yaml': RULE })
    try {
      await project.up()
      const store = await openStore(project.settings.storeUrl)
      const temporal = await connectClient(project.settings.temporal, await installationId(store))
      const rows = async (table: 'rule_evaluations' | 'evaluation_requests'): Promise<number> =>
        (await store.db.selectFrom(table).select('rule').execute()).length
      const memory = async (): Promise<number> =>
        residentMegabytes((await project.state()).parts.find(({ name }) => name === 'worker')?.pid ?? null)
      await until(
        () => rows('rule_evaluations'),
        (count) => count > 0,
      )
      let early = 0
      const began = performance.now()
      for (let tick = 1; tick <= TICKS; tick += 1) {
        await requestEvaluation(store, ACCOUNT, 'look', Date.now())
        await temporal.schedule.getHandle(temporal.names.ids.watch(ACCOUNT)).trigger('BUFFER_ONE')
        // The tick that evaluates the rule deletes the request.
        await until(
          () => rows('evaluation_requests'),
          (count) => count === 0,
        )
        if (tick === FIRST) early = await memory()
      }
      const seconds = (performance.now() - began) / 1_000
      const late = await memory()
      await temporal.connection.close()
      await store.close()
      return [
        { name: `worker after ${FIRST} ticks`, value: early, unit: 'MB' },
        { name: `worker after ${TICKS} ticks`, value: late, unit: 'MB' },
        { name: 'growth between the two', value: ((late - early) * 1_024) / (TICKS - FIRST), unit: 'kB per tick' },
        { name: 'ticks, one after the other', value: TICKS / seconds, unit: 'per second' },
      ]
    } finally {
      await project.dispose()
    }
  },
}
