/** Launch specs on real parts: Temporal's server, the sandbox over HTTP, worker and API, on a project with images and a video. */

import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import {
  type AppliedLaunch,
  applyLaunch,
  type ApplyOptions,
  findSpec,
  readPlan,
} from '../../service/operations/launch-command.js'
import { undoFromCommand } from '../../service/operations/undo-command.js'
import { connectClient } from '../../service/temporal/connection.js'
import { installationId } from '../../store/base/installation.js'
import { ACCOUNT_WITH_CEILING } from './fixtures.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

interface SpecOptions {
  readonly publish?: 'paused' | 'active'
  readonly budget?: string
  readonly media?: 'image' | 'video'
  readonly adsets?: readonly string[]
  readonly text?: string
}

const spec = (
  key: string,
  { publish = 'paused', budget = '500 TRY', media = 'image', adsets = ['women'], text = 'Yaz' }: SpecOptions = {},
): string => `
launch: ${key}
account: moda-tr
publish: ${publish}
campaign: { name: "TR | ${key}", objective: OUTCOME_TRAFFIC, special_ad_categories: [] }
adsets:
${adsets
  .map(
    (adset) => `  - key: ${adset}
    name: ${key} ${adset}
    daily_budget: ${budget}
    optimization_goal: LINK_CLICKS
    targeting: { geo_locations: { countries: [TR] }, age_min: 25, age_max: 44, genders: [2] }`,
  )
  .join('\n')}
ads:
  - key: hero
    adsets: [${adsets.join(', ')}]
    creative: { page_id: "110022003300440", ${media}: media/hero.${media === 'image' ? 'png' : 'mp4'}, text: "${text}", headline: Yaz, link: "https://modatr.example/yaz", call_to_action: SHOP_NOW }
`

interface Logged {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly parameters: Record<string, unknown>
  readonly changed?: unknown
}

let real: RealParts
beforeAll(async () => {
  real = await startRealParts({
    'tetik.yaml': ACCOUNT_WITH_CEILING,
    'rules/none.yaml': 'rules: []\n',
    'specs/media/placeholder.txt': '',
  })
  writeFileSync(join(real.settings.folder, 'specs/media/hero.png'), PNG)
  writeFileSync(join(real.settings.folder, 'specs/media/hero.mp4'), randomBytes(2_500_000))
}, 120_000)
afterAll(() => real?.stop())
beforeEach(() => faults([]))

const faults = (list: readonly unknown[]): Promise<unknown> =>
  real.sandbox('/sandbox/faults', { method: 'PUT', body: JSON.stringify(list) })
const requests = async (query: string): Promise<readonly Logged[]> =>
  (await real.sandbox<{ requests: Logged[] }>(`/sandbox/requests?${query}`)).requests

async function apply(key: string, text: string, options: Partial<ApplyOptions> = {}): Promise<AppliedLaunch> {
  real.write(`specs/${key}.yaml`, text)
  const found = await findSpec(key, real.settings, Date.now())
  const quiet = { rollback: false, overwriteDrift: false, onStarted: () => {}, onSilence: () => {}, onProgress: () => {} }
  return await applyLaunch(found, { ...quiet, ...options }, real.settings)
}
const planOf = async (key: string) => readPlan(await findSpec(key, real.settings, Date.now()), real.settings)
const actionsOf = async (key: string) =>
  Object.fromEntries((await planOf(key)).plan.objects.map(({ object, action }) => [object.key, action]))
const graph = <T>(path: string): Promise<T> =>
  real.sandbox<T>(`/v27.0/${path}`, { headers: { authorization: 'Bearer sandbox-token' } })
const namedAtMeta = async (edge: string, name: string): Promise<readonly { id: string; status: string }[]> => {
  const { data } = await graph<{ data: { id: string; name: string; status: string }[] }>(
    `act_1234567890/${edge}?fields=id,name,status&limit=500`,
  )
  return data.filter((one) => one.name === name)
}
/** With what is in its payloads. */
async function historyOf(workflowId: string): Promise<string> {
  const temporal = await connectClient(real.settings.temporal, await installationId(real.store))
  const history = await temporal.workflow.getHandle(workflowId).fetchHistory()
  await temporal.connection.close()
  const text = (key: string, value: unknown): unknown =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value
  return JSON.stringify(history, text)
}
let keys = 0
const post = <T>(path: string, body: string, type: string, key = `key-${++keys}`): Promise<T> =>
  real.api<T>(path, {
    method: 'POST',
    ...(body === '' ? {} : { body }),
    headers: { 'idempotency-key': key, ...(type === '' ? {} : { 'content-type': type }) },
  })
const idOf = ({ objects }: AppliedLaunch, key: string): string => objects.find((one) => one.key === key)!.meta_id!
const statusAtMeta = async (id: string): Promise<string> => (await graph<{ status: string }>(`${id}?fields=status`)).status

describe('a launch spec', () => {
  it('is made paused, each thing once, and applying it again changes nothing', async () => {
    const first = await apply('twice', spec('twice', { adsets: ['women', 'men'] }))
    expect(first.run).toMatchObject({ state: 'done', note: '6 made.' })
    expect(first.objects.map(({ key, kind }) => `${kind} ${key}`).sort()).toHaveLength(7)
    for (const key of ['campaign', 'adset/women', 'ad/hero/men']) expect(await statusAtMeta(idOf(first, key))).toBe('PAUSED')
    const before = (await requests('effects=true')).length
    const second = await apply('twice', spec('twice', { adsets: ['women', 'men'] }))
    expect(second.run).toMatchObject({ state: 'done', note: 'Nothing had to be done.' })
    expect((await requests('effects=true')).length).toBe(before)
    expect(await namedAtMeta('campaigns', 'TR | twice')).toHaveLength(1)
  })

  it('with a video is uploaded in pieces, waited for, and set active with the campaign last', async () => {
    const applied = await apply('filmed', spec('filmed', { media: 'video', publish: 'active' }))
    expect(applied.run).toMatchObject({ state: 'done', note: '4 made, 3 set active.' })
    for (const key of ['campaign', 'adset/women', 'ad/hero/women']) expect(await statusAtMeta(idOf(applied, key))).toBe('ACTIVE')
    const activated = (await real.store.db.selectFrom('mutations').selectAll().where('made_by', '=', 'launch:filmed').execute())
      .sort((a, b) => a.settled_at! - b.settled_at!)
      .map(({ level, outcome }) => `${level} ${outcome}`)
    expect(activated).toEqual(['ad confirmed', 'adset confirmed', 'campaign confirmed'])
    // Texts, bytes and tokens stay out of Temporal.
    const history = await historyOf(applied.workflowId)
    expect(history).toContain('adset/women')
    for (const secret of ['modatr.example', 'SHOP_NOW', 'sandbox-token', '905551112233']) expect(history).not.toContain(secret)
    const again = await apply('filmed', spec('filmed', { media: 'video', publish: 'active' }))
    expect(again.run.note).toBe('Nothing had to be done.')
  })

  it('whose budget changed is changed in place, and nothing else is', async () => {
    const made = await apply('budgeted', spec('budgeted'))
    const changed = await apply('budgeted', spec('budgeted', { budget: '600 TRY' }))
    expect(changed.run.note).toBe('1 changed.')
    expect(idOf(changed, 'adset/women')).toBe(idOf(made, 'adset/women'))
    expect(await graph(`${idOf(made, 'adset/women')}?fields=daily_budget`)).toMatchObject({ daily_budget: '60000' })
  })

  it('whose text changed gets a new creative, and the ad stays', async () => {
    const made = await apply('reworded', spec('reworded'))
    const changed = await apply('reworded', spec('reworded', { text: 'Kış' }))
    expect(changed.run.note).toBe('1 made, 1 changed.')
    expect(idOf(changed, 'ad/hero/women')).toBe(idOf(made, 'ad/hero/women'))
    expect(idOf(changed, 'creative/hero')).not.toBe(idOf(made, 'creative/hero'))
    // Meta's newest version adds products to a creative that does not say no.
    expect(await graph(`${idOf(changed, 'creative/hero')}?fields=degrees_of_freedom_spec`)).toMatchObject({
      degrees_of_freedom_spec: { creative_features_spec: { product_extensions: { enroll_status: 'OPT_OUT' } } },
    })
    expect(await actionsOf('reworded')).not.toContain('update')
  })

  it('is not overwritten if someone changed it at Meta, unless requested', async () => {
    const made = await apply('drifted', spec('drifted'))
    const id = idOf(made, 'adset/women')
    await graph(`${id}?fields=id`)
    await real.sandbox(`/v27.0/${id}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'daily_budget=70000',
    })
    const { plan } = await planOf('drifted')
    expect(plan.objects.find(({ object }) => object.key === 'adset/women')).toMatchObject({
      action: 'none',
      drift: [{ field: 'daily_budget', live: '70000' }],
    })
    expect((await apply('drifted', spec('drifted'))).run.note).toBe('Nothing had to be done.')
    expect((await apply('drifted', spec('drifted'), { overwriteDrift: true })).run.note).toBe('1 changed.')
    expect(await graph(`${id}?fields=daily_budget`)).toMatchObject({ daily_budget: '50000' })
  })
})

describe('what Meta does not change in place', () => {
  const reach = (text: string): string => text.replace('LINK_CLICKS', 'LANDING_PAGE_VIEWS')

  it('is created again if it never ran, and the old one is left paused', async () => {
    const made = await apply('remade', spec('remade'))
    const remade = await apply('remade', reach(spec('remade')))
    expect(remade.run).toMatchObject({ state: 'done', note: '2 made.' })
    expect(idOf(remade, 'campaign')).toBe(idOf(made, 'campaign'))
    expect(idOf(remade, 'adset/women')).not.toBe(idOf(made, 'adset/women'))
    expect(await statusAtMeta(idOf(made, 'adset/women'))).toBe('PAUSED')
    expect((await apply('remade', reach(spec('remade')))).run.note).toBe('Nothing had to be done.')
  })

  it('is refused where it was set active, and says what to do', async () => {
    const made = await apply('running', spec('running', { publish: 'active' }))
    const refused = await apply('running', reach(spec('running', { publish: 'active' })))
    expect(refused.run).toMatchObject({ state: 'refused' })
    expect(refused.run.note).toContain('Give it another key')
    expect(idOf(refused, 'adset/women')).toBe(idOf(made, 'adset/women'))
    expect(await statusAtMeta(idOf(made, 'campaign'))).toBe('ACTIVE')
  })

  it('what was deleted at Meta is made again, and what a person paused stays paused', async () => {
    const made = await apply('deleted', spec('deleted', { publish: 'active' }))
    const change = (id: string, init: RequestInit) =>
      real.sandbox(`/v27.0/${id}`, {
        ...init,
        headers: { authorization: 'Bearer sandbox-token', 'content-type': 'application/x-www-form-urlencoded' },
      })
    await change(idOf(made, 'ad/hero/women'), { method: 'DELETE' })
    await change(idOf(made, 'campaign'), { method: 'POST', body: 'status=PAUSED' })
    const again = await apply('deleted', spec('deleted', { publish: 'active' }))
    expect(again.run).toMatchObject({ state: 'done', note: '1 made, 1 set active.' })
    expect(idOf(again, 'ad/hero/women')).not.toBe(idOf(made, 'ad/hero/women'))
    expect(await statusAtMeta(idOf(made, 'campaign'))).toBe('PAUSED')
  })
})

describe('a launch that meets trouble', () => {
  it('is made once though the answers of all its creates were lost', async () => {
    const lost = (edge: string, kind: object) => ({ name: edge, ...kind, match: { method: 'POST', path: `*/${edge}`, times: 1 } })
    const reset = { kind: 'connection-reset', when: 'after' }
    await faults([...['campaigns', 'adsets', 'adcreatives', 'ads'].map((edge) => lost(edge, reset))])
    const before = (await requests('effects=true')).length
    const applied = await apply('lost', spec('lost'))
    expect(applied.run.state).toBe('done')
    expect(await namedAtMeta('campaigns', 'TR | lost')).toHaveLength(1)
    expect(await namedAtMeta('adsets', 'lost women')).toHaveLength(1)
    expect((await requests('effects=true')).length - before).toBe(4)
  })

  it('in the middle leaves all of it paused, says so, and goes on where it ended', async () => {
    await faults([{ name: 'refused', kind: 'token-expired', match: { method: 'POST', path: '*/ads' } }])
    const failed = await apply('broken', spec('broken', { publish: 'active' }))
    expect(failed.run.state).toBe('failed')
    expect(failed.run.note).toContain('3 made')
    for (const key of ['campaign', 'adset/women']) expect(await statusAtMeta(idOf(failed, key))).toBe('PAUSED')
    const message = await until(
      () => real.store.db.selectFrom('messages').selectAll().where('text', 'like', '%broken%').executeTakeFirst(),
      (found) => found !== undefined,
    )
    expect(message?.text).toContain('Oluşturdukları duraklatılmış durumda')
    await faults([])
    const mended = await apply('broken', spec('broken', { publish: 'active' }))
    expect(mended.run).toMatchObject({ state: 'done', note: '1 made, 3 set active.' })
    expect(idOf(mended, 'campaign')).toBe(idOf(failed, 'campaign'))
  })

  it('deletes what this run created, and nothing else, if requested', async () => {
    const kept = await apply('rolled', spec('rolled', { adsets: ['women'] }))
    await faults([{ name: 'refused', kind: 'token-expired', match: { method: 'POST', path: '*/ads' } }])
    const rolled = await apply('rolled', spec('rolled', { adsets: ['women', 'men'] }), { rollback: true })
    expect(rolled.run).toMatchObject({ state: 'rolled-back' })
    expect(rolled.objects.map(({ key }) => key)).toEqual(kept.objects.map(({ key }) => key))
    expect(await namedAtMeta('adsets', 'rolled women')).toHaveLength(1)
    expect(await namedAtMeta('adsets', 'rolled men')).toHaveLength(0)
    expect(await statusAtMeta(idOf(kept, 'campaign'))).toBe('PAUSED')
  })

  it('that is cancelled in Temporal brings to its end what was begun, leaves it paused, and says so', async () => {
    await faults([{ name: 'slow', kind: 'slow', delay: 3_000, match: { method: 'POST', path: '*/adsets', times: 1 } }])
    const temporal = await connectClient(real.settings.temporal, await installationId(real.store))
    const workflowId = temporal.names.ids.launch('moda-tr', 'cancelled')
    const cancelled = await apply('cancelled', spec('cancelled', { publish: 'active' }), {
      onProgress: ({ kind, state }) => {
        if (kind === 'adset' && state === 'sent') void temporal.workflow.getHandle(workflowId).cancel()
      },
    })
    await temporal.connection.close()
    expect(cancelled.run).toMatchObject({ state: 'stopped', note: 'It was cancelled. 2 made.' })
    expect(cancelled.objects.map(({ key }) => key).sort()).toEqual(['adset/women', 'campaign', 'image/media/hero.png'])
    expect(await statusAtMeta(idOf(cancelled, 'campaign'))).toBe('PAUSED')
    await until(
      () => real.store.db.selectFrom('messages').selectAll().where('text', 'like', '%“cancelled” yayını durduruldu%').execute(),
      (found) => found.length === 1,
    )
  })

  it('while the rules are stopped is made by a person, and set active only once they go on', async () => {
    await post('/api/stop', JSON.stringify({ account: 'moda-tr', reason: 'a test' }), 'application/json')
    const refused = await apply('halted', spec('halted', { publish: 'active' }))
    expect(refused.run).toMatchObject({ state: 'refused' })
    expect(refused.run.note).toContain('stopped')
    expect((await apply('halted', spec('halted'))).run.state).toBe('done')
    await post('/api/resume', JSON.stringify({ account: 'moda-tr' }), 'application/json')
    expect((await apply('halted', spec('halted', { publish: 'active' }))).run.note).toBe('3 set active.')
  })

  it('never overlaps itself', async () => {
    await faults([{ name: 'slow', kind: 'slow', delay: 2_000, match: { method: 'POST', path: '*/campaigns', times: 1 } }])
    const both = await Promise.allSettled([apply('at-once', spec('at-once')), apply('at-once', spec('at-once'))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'LaunchInProgressError' } })
    expect(await namedAtMeta('campaigns', 'TR | at-once')).toHaveLength(1)
  })

  it('above the ceiling is refused before anything is made', async () => {
    const refused = await apply('high', spec('high', { publish: 'active', budget: '95000 TRY' }))
    expect(refused.run).toMatchObject({ state: 'refused' })
    expect(refused.run.note).toContain('ceiling')
    expect(await namedAtMeta('campaigns', 'TR | high')).toHaveLength(0)
  })
})

describe('a rule that launches', () => {
  const decisionOf = (rule: string) =>
    until(
      () =>
        real.store.db
          .selectFrom('decisions')
          .selectAll()
          .where('rule', '=', rule)
          .where('outcome', '=', 'fire')
          .executeTakeFirst(),
      (decision) => decision !== undefined && ['done', 'refused', 'failed', 'stopped'].includes(decision.progress),
    )
  const writeRule = (id: string, key: string, mode = 'act') =>
    real.write(
      `rules/${id}.yaml`,
      `rules:\n  - id: ${id}\n    account: moda-tr\n    scope: account\n    every: 1m\n    when: spend[last_7d] > 0 TRY\n    then: [{ launch: ${key} }]\n    mode: ${mode}\n`,
    )

  it('has it made and set active, counts it among its steps, and undoing pauses the campaign', async () => {
    real.write('specs/by-rule.yaml', spec('by-rule', { publish: 'active' }))
    writeRule('launch-it', 'by-rule')
    const decision = await decisionOf('launch-it')
    expect(decision).toMatchObject({ progress: 'done', note: 'launch by-rule: 4 made, 3 set active.' })
    const [campaign] = await namedAtMeta('campaigns', 'TR | by-rule')
    expect(campaign?.status).toBe('ACTIVE')
    const shown = await undoFromCommand(decision!.id, false, real.settings)
    expect(shown.items).toMatchObject([{ level: 'campaign', words: 'pause', because: null }])
    await undoFromCommand(decision!.id, true, real.settings)
    expect(await statusAtMeta(campaign!.id)).toBe('PAUSED')
  })

  it('is refused above the ceiling, and nothing is made', async () => {
    real.write('specs/high-by-rule.yaml', spec('high-by-rule', { publish: 'active', budget: '95000 TRY' }))
    writeRule('launch-high', 'high-by-rule')
    expect(await decisionOf('launch-high')).toMatchObject({ progress: 'refused' })
    expect(await namedAtMeta('campaigns', 'TR | high-by-rule')).toHaveLength(0)
    const message = await until(
      () => real.store.db.selectFrom('messages').selectAll().where('id', 'like', '%-refused-launch-high-%').executeTakeFirst(),
      (found) => found !== undefined,
    )
    expect(message?.text).toContain('“high-by-rule” yayını gerçekleştirilmedi.')
  })

  it('in `mode: ask` shows what it would make, and makes it once somebody said yes', async () => {
    real.write('specs/asked.yaml', spec('asked'))
    writeRule('ask-to-launch', 'asked', 'ask')
    const asking = await until(
      () => real.store.db.selectFrom('approvals').selectAll().where('state', '=', 'waiting').executeTakeFirst(),
      (found) => found !== undefined,
    )
    const message = await until(
      () => real.store.db.selectFrom('messages').selectAll().where('decision', '=', asking!.decision).executeTakeFirst(),
      (found) => found !== undefined,
    )
    expect(message?.text).toContain('“TR | asked” kampanyası')
    expect(message?.text).toContain('günde ₺500,00')
    expect(await namedAtMeta('campaigns', 'TR | asked')).toHaveLength(0)
    await post(`/api/decisions/${asking!.decision}/approve`, '', 'application/json')
    expect(await decisionOf('ask-to-launch')).toMatchObject({ progress: 'done' })
    expect(await namedAtMeta('campaigns', 'TR | asked')).toHaveLength(1)
  })
})

describe('the API', () => {
  interface Shown {
    readonly key: string
    readonly runs: readonly { readonly state: string; readonly note: string }[]
    readonly objects: readonly { readonly key: string; readonly id: string; readonly publishedAt: string | null }[]
  }

  it('takes a spec as YAML or JSON, shows it, plans it, and sets it active', async () => {
    const posted = await post<Shown>('/api/launches', spec('posted'), 'application/yaml', 'posted-1')
    expect(posted.runs).toMatchObject([{ state: 'done', note: '4 made.' }])
    const campaign = posted.objects.find(({ key }) => key === 'campaign')!
    expect(await statusAtMeta(campaign.id)).toBe('PAUSED')
    const json = JSON.stringify(parse(spec('posted', { budget: '700 TRY' })))
    const plan = async () =>
      (await post<{ objects: { key: string; action: string }[]; toPublish: string[] }>('/api/launches/posted/plan', '', ''))
        .objects
    expect((await plan()).every(({ action }) => action === 'none')).toBe(true)
    const changed = await post<Shown>('/api/launches', json, 'application/json')
    expect(changed.runs[0]).toMatchObject({ state: 'done', note: '1 changed.' })
    const published = await post<Shown>('/api/launches/posted/publish', '', '')
    expect(published.objects.find(({ key }) => key === 'campaign')?.publishedAt).not.toBeNull()
    expect(await statusAtMeta(campaign.id)).toBe('ACTIVE')
    expect(await real.api<Shown>('/api/launches/posted')).toMatchObject({ key: 'posted', runs: [{}, {}, {}] })
  })

  it('answers the same request with the same run, and a spec with faults with all of them', async () => {
    const twice = () => post<Shown>('/api/launches', spec('keyed'), 'application/yaml', 'keyed-1')
    const [one, other] = [await twice(), await twice()]
    expect(other.runs).toEqual(one.runs)
    await expect(post('/api/launches', 'launch: Bad Key\nadsets: 5\n', 'application/yaml')).rejects.toThrow(/422.*spec-rejected/s)
    await expect(post('/api/launches', '{', 'text/plain')).rejects.toThrow(/415/)
    await expect(real.api('/api/launches/none')).rejects.toThrow(/404/)
  })
})
