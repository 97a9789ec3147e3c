import Type from 'typebox'

import { type LaunchRunRow, runsOfLaunch } from '../../../store/launches/launch-runs.js'
import { findLaunch, findLaunchVersion, type LaunchSpecRow, type NewLaunchSpecRow } from '../../../store/launches/launches.js'
import type { ApiContext } from '../http/context.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { Launch, LaunchPlan } from '../shapes/launch.js'
import { launchView, planView } from '../views/launch.js'
import { readPostedSpec, runLaunch } from '../work/launches.js'

const params = { key: Type.String({ pattern: '^[a-z0-9-]{1,64}$', description: 'The spec’s key' }) }
const query = {
  rollback: Type.Optional(
    Type.Boolean({ default: false, description: 'Whether to delete what this run created if it cannot be completed' }),
  ),
  overwriteDrift: Type.Optional(
    Type.Boolean({ default: false, description: 'Whether to overwrite what somebody has changed at Meta since' }),
  ),
}
const responses = {
  200: { description: 'Completed; everything was read back from Meta', schema: Launch },
  202: {
    description: 'In progress; poll the address in `Location`',
    schema: Launch,
    headers: { Location: 'The address of the launch' },
  },
} as const
const problems = ['launch-under-way', 'launch-refused', 'temporal-unavailable'] as const

export const launchOperations = [
  operation({
    id: 'applyLaunch',
    method: 'post',
    path: '/api/launches',
    tag: 'Launches',
    summary: 'Creates or updates the campaign of a launch spec',
    description:
      'The body is the spec, as JSON or YAML. Its media are files in the project’s `specs/` folder. Everything is created paused and read back, and set active only with `publish: active`. Applying the same spec again changes nothing.',
    query,
    document: 'A launch spec, as in a file in specs/',
    write: true,
    problems: ['spec-rejected', ...problems],
    responses,
    handle: async ({ query, text, key, hash }, context) => {
      const source = readPostedSpec(text, context.settings(), context.now())
      return await apply(context, { ...query, source, run: runId(key, hash) })
    },
  }),
  operation({
    id: 'getLaunch',
    method: 'get',
    path: '/api/launches/{key}',
    tag: 'Launches',
    summary: 'Returns a launch, with its runs and its objects at Meta',
    params,
    problems: ['not-found'],
    responses: { 200: { description: 'The launch', schema: Launch } },
    handle: async ({ params }, context) => answer(200, await launchView(context, await launchNamed(context, params.key))),
  }),
  operation({
    id: 'planLaunch',
    method: 'post',
    path: '/api/launches/{key}/plan',
    tag: 'Launches',
    summary: 'Returns what applying the launch would do; read-only',
    description: 'It reads Meta, which may take some seconds.',
    params,
    write: true,
    problems: ['not-found', 'unavailable', ...problems],
    responses: { 200: { description: 'The plan', schema: LaunchPlan } },
    handle: async ({ params, key, hash }, context) => {
      const source = await launchNamed(context, params.key)
      const run = await runLaunch(context, { run: runId(key, hash), source, kind: 'plan', madeBy: 'api:token' })
      if (run.state === 'planned' || run.state === 'running') {
        const detail = 'The plan is still being computed. Repeat the request with the same Idempotency-Key.'
        throw new ProblemError('unavailable', detail, { headers: { 'retry-after': '3' } })
      }
      if (run.state !== 'done') throw refusal(run)
      return answer(200, planView(run))
    },
  }),
  operation({
    id: 'publishLaunch',
    method: 'post',
    path: '/api/launches/{key}/publish',
    tag: 'Launches',
    summary: 'Sets the objects of the launch active that were never active',
    description:
      'Objects that do not exist yet are created first. The guardrails on budgets, freeze days, limits on actions and stops apply.',
    params,
    write: true,
    problems: ['not-found', ...problems],
    responses,
    handle: async ({ params, key, hash }, context) => {
      const source = await lastApplied(context, params.key)
      return await apply(context, { source, publish: 'active', run: runId(key, hash) })
    },
  }),
]

/** Returns the run's id. The hash makes it unique: old idempotency keys are deleted and may be reused, but runs are kept. */
const runId = (key: string, hash: string): string => `${key}-${hash.slice(0, 8)}`

async function launchNamed({ store }: ApiContext, key: string): Promise<LaunchSpecRow> {
  const stored = await findLaunch(store, key)
  if (stored !== undefined) return stored
  throw new ProblemError('not-found', `There is no launch ${key}: it is not in specs/ and was never applied.`)
}

/** Returns the version that was applied last, even if the file has changed since: publishing must change nothing else. */
async function lastApplied(context: ApiContext, key: string): Promise<LaunchSpecRow> {
  const [run] = await runsOfLaunch(context.store, key, 1)
  const applied = run === undefined ? undefined : await findLaunchVersion(context.store, key, run.version)
  return applied ?? (await launchNamed(context, key))
}

interface Applying {
  readonly run: string
  readonly source: NewLaunchSpecRow
  readonly publish?: 'active'
  readonly rollback?: boolean
  readonly overwriteDrift?: boolean
}

async function apply(context: ApiContext, request: Applying) {
  const run = await runLaunch(context, { ...request, kind: 'apply', madeBy: 'api:token' })
  const applied = await findLaunchVersion(context.store, run.launch, run.version)
  const view = await launchView(context, applied ?? (await launchNamed(context, run.launch)))
  if (run.state === 'done') return answer(200, view)
  if (run.state === 'planned' || run.state === 'running') {
    return answer(202, view, { location: `/api/launches/${encodeURIComponent(run.launch)}` })
  }
  throw refusal(run)
}

const refusal = ({ note, state }: LaunchRunRow): ProblemError =>
  new ProblemError('launch-refused', note ?? `It ended as ${state}.`, { fields: { state } })
