/** From a rule in a file to a paused ad set and a message, with real processes, some of which are killed on the way. */

import { afterEach, describe, expect, it } from 'vitest'

import { ACCOUNT_FILE } from './fixtures.js'
import { Project, until } from './project.js'

const rule = (steps: string): string => `
rules:
  - id: pause-expensive-adsets
    account: moda-tr
    scope: adset
    where: delivering
    every: 1m
    when:
      - cpa[last_3d] > 1.5 * target_cpa
      - spend[last_3d] > 500 TRY
    limit: 1 per day
    then:${steps}
    mode: act
`
const PAUSE_AND_TELL = rule(`
      - pause
      - whatsapp: { to: owner, text: "{adset.name}: {cpa[last_3d]}" }`)

interface Logged {
  readonly mutation: { readonly field: string; readonly after: unknown } | null
  readonly message: { readonly to: string } | null
}
interface Decision {
  readonly id: string
  readonly rule: string
  readonly outcome: string
  readonly progress: string
}

let project: Project
afterEach(() => project.dispose())

const decisions = async (): Promise<readonly Decision[]> =>
  (await project.api<{ data: Decision[] }>('/api/decisions?outcome=fire')).data
const effects = async (): Promise<readonly Logged[]> =>
  (await project.sandbox<{ requests: Logged[] }>('/sandbox/requests?effects=true')).requests
const pauses = async (): Promise<number> => (await effects()).filter(({ mutation }) => mutation?.field === 'status').length
const messages = async (): Promise<number> => (await effects()).filter(({ message }) => message !== null).length
const faults = (list: readonly unknown[]): Promise<unknown> =>
  project.sandbox('/sandbox/faults', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(list),
  })
const carriedOut = (): Promise<unknown> => until(decisions, (all) => all.length === 1 && all[0]?.progress === 'done')

/** Starts without rules, so that a fault is set before the first rule is evaluated, and then adds the rule. */
async function upWithFault(fault: Record<string, unknown>): Promise<void> {
  project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/none.yaml': 'rules: []\n' })
  await project.up()
  await faults([fault])
  project.write('rules/expensive-adsets.yaml', PAUSE_AND_TELL)
}

describe('a rule that fires', () => {
  it('pauses one ad set and sends one message, and does neither again after a restart', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/expensive-adsets.yaml': PAUSE_AND_TELL })
    const up = await project.up()
    await carriedOut()
    await until(messages, (count) => count === 1)
    await up.interrupt()
    await project.up()
    await until(
      () => project.api<{ data: { evaluatedAt?: string }[] }>('/api/rules'),
      (rules) => rules.data.length === 1,
    )
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    expect([await pauses(), await messages()]).toEqual([1, 1])
  })

  it('is carried out exactly once if the worker is killed before it has stored Meta’s answer', async () => {
    await upWithFault({ name: 'slow-write', kind: 'slow', delay: 4_000, match: { method: 'POST', path: '/v27.0/1', times: 1 } })
    await until(pauses, (count) => count === 1)
    await project.kill('worker')
    await carriedOut()
    await until(messages, (count) => count === 1)
    expect([await pauses(), await messages()]).toEqual([1, 1])
  })

  it('sends its message exactly once if the worker is killed before it has stored WhatsApp’s answer', async () => {
    await upWithFault({ name: 'slow-send', kind: 'slow', delay: 4_000, match: { method: 'POST', path: '/messages', times: 1 } })
    await until(messages, (count) => count === 1)
    await project.kill('worker')
    await carriedOut()
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    expect([await pauses(), await messages()]).toEqual([1, 1])
  })

  it('in mode ask is carried out exactly once if the worker is killed while it waits and again while it acts', async () => {
    project = await Project.create({
      'tetik.yaml': ACCOUNT_FILE,
      'rules/expensive-adsets.yaml': PAUSE_AND_TELL.replace('mode: act', 'mode: ask'),
    })
    await project.up()
    await until(messages, (count) => count === 1)
    const [asking] = await until(decisions, (all) => all[0]?.progress === 'waiting')
    await project.kill('worker')
    await faults([{ name: 'slow-write', kind: 'slow', delay: 4_000, match: { method: 'POST', path: '/v27.0/1', times: 1 } }])
    for (const key of ['one', 'two']) {
      await project.api(`/api/decisions/${asking!.id}/approve`, { method: 'POST', headers: { 'idempotency-key': key } })
    }
    await until(pauses, (count) => count === 1)
    await project.kill('worker')
    await carriedOut()
    await until(messages, (count) => count === 2)
    expect(await pauses()).toBe(1)
  })

  it('continues after its wait if Temporal’s server was killed meanwhile', async () => {
    const waits = rule(`
      - pause
      - wait: 1m
      - whatsapp: { to: owner, text: "{adset.name}" }`)
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/expensive-adsets.yaml': waits })
    await project.up()
    await until(decisions, (all) => all[0]?.progress === 'waiting')
    await project.kill('temporal')
    await carriedOut()
    await until(messages, (count) => count === 1)
    expect([await pauses(), await messages()]).toEqual([1, 1])
  })
})

describe('rule files while tetik runs', () => {
  it('a set with an error never replaces the valid one', async () => {
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/expensive-adsets.yaml': PAUSE_AND_TELL })
    const up = await project.up()
    await carriedOut()
    project.write('rules/expensive-adsets.yaml', 'rules:\n  - id: pause-expensive-adsets\n    when: cpb[last_3d] > 5\n')
    await up.said(({ kind, line }) => kind === 'output' && String(line).includes('unknown-metric'))
    const { data } = await project.api<{ data: { id: string }[] }>('/api/rules')
    expect(data.map(({ id }) => id)).toEqual(['pause-expensive-adsets'])
  })

  it('a waiting carry-out ends if its rule file is deleted, and the ad set stays paused', async () => {
    const waits = rule(`
      - pause
      - wait: 1h
      - start`)
    project = await Project.create({ 'tetik.yaml': ACCOUNT_FILE, 'rules/expensive-adsets.yaml': waits })
    await project.up()
    await until(decisions, (all) => all[0]?.progress === 'waiting')
    project.remove('rules/expensive-adsets.yaml')
    await until(decisions, (all) => all[0]?.progress === 'stopped')
    expect(await pauses()).toBe(1)
  })
})
