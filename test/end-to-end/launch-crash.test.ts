/** `tetik plan` and `tetik apply` over real processes, one of which is killed on the way. */

import { randomBytes } from 'node:crypto'

import { afterEach, describe, expect, it } from 'vitest'

import { ACCOUNT_WITH_CEILING } from './fixtures.js'
import { Project, until } from './project.js'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
const SPEC = `
launch: summer-sale
account: moda-tr
publish: active
campaign: { name: "TR | Summer sale", objective: OUTCOME_TRAFFIC, special_ad_categories: [] }
adsets:
  - key: women
    name: Women
    daily_budget: 500 TRY
    optimization_goal: LINK_CLICKS
    targeting: { geo_locations: { countries: [TR] }, age_min: 25, age_max: 44 }
ads:
  - key: hero
    adsets: [women]
    creative: { page_id: "110022003300440", image: hero.png, text: Yaz, headline: Yaz, link: "https://modatr.example/yaz", call_to_action: SHOP_NOW }
`

let project: Project
afterEach(() => project.dispose())

interface Logged {
  readonly method: string
  readonly path: string
}
const created = async (edge: string): Promise<number> => {
  const { requests } = await project.sandbox<{ requests: Logged[] }>('/sandbox/requests?effects=true')
  return requests.filter(({ method, path }) => method === 'POST' && path.endsWith(`/${edge}`)).length
}
const faults = (list: readonly unknown[]): Promise<unknown> =>
  project.sandbox('/sandbox/faults', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(list),
  })

async function up(): Promise<void> {
  project = await Project.create({
    'tetik.yaml': ACCOUNT_WITH_CEILING,
    'rules/none.yaml': 'rules: []\n',
    'specs/summer-sale.yaml': SPEC,
  })
  project.write('specs/hero.png', PNG)
  await project.up()
}

describe('a launch from the command line', () => {
  it('is shown, made once though the worker is killed between Meta’s answers and their recording, and then nothing is left to do', async () => {
    await up()
    const plan = await project.run('plan', 'specs/summer-sale.yaml')
    expect([plan.code, plan.stderr]).toEqual([0, ''])
    expect(plan.stdout).toContain('+ campaign “TR | Summer sale”')
    expect(plan.stdout).toContain('# filled in:')
    expect(plan.stdout).toContain('5 to create; 3 set active once everything exists.')
    expect((await project.run('apply', 'summer-sale')).stderr).toContain('Nothing was done')

    const slow = (edge: string) => ({
      name: edge,
      kind: 'slow',
      delay: 4_000,
      match: { method: 'POST', path: `*/${edge}`, times: 1 },
    })
    await faults([slow('campaigns'), slow('ads')])
    const applying = project.run('apply', 'summer-sale', '--yes', '--json')
    for (const edge of ['campaigns', 'ads']) {
      await until(
        () => created(edge),
        (count) => count === 1,
      )
      await project.kill('worker')
    }
    const { code, stdout } = await applying
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ state: 'done', link: expect.stringContaining('selected_campaign_ids=') as string })
    for (const edge of ['campaigns', 'adsets', 'adcreatives', 'ads']) expect([edge, await created(edge)]).toEqual([edge, 1])

    const again = await project.run('plan', 'summer-sale', '--json')
    const { objects, toPublish } = JSON.parse(again.stdout) as { objects: { action: string }[]; toPublish: string[] }
    expect([objects.map(({ action }) => action), toPublish]).toEqual([['none', 'none', 'none', 'none', 'none'], []])
  })

  it('goes on with a video where it was when the worker was killed', async () => {
    await up()
    project.write('specs/hero.mp4', randomBytes(3_500_000))
    project.write(
      'specs/filmed.yaml',
      SPEC.replaceAll('summer-sale', 'filmed').replaceAll('Summer sale', 'Filmed').replace('image: hero.png', 'video: hero.mp4'),
    )
    const videos = async () =>
      (
        await project.sandbox<{ requests: (Logged & { parameters: { upload_phase?: string } })[] }>(
          '/sandbox/requests?path=advideos',
        )
      ).requests.map(({ parameters }) => parameters.upload_phase)
    await faults([{ name: 'slow', kind: 'slow', delay: 3_000, match: { method: 'POST', path: '*/advideos', skip: 2, times: 1 } }])
    const applying = project.run('apply', 'filmed', '--yes')
    await until(videos, (phases) => phases.filter((phase) => phase === 'transfer').length >= 2)
    await project.kill('worker')
    expect((await applying).code).toBe(0)
    const phases = await videos()
    expect(phases.filter((phase) => phase === 'start')).toHaveLength(1)
    expect(phases.filter((phase) => phase === 'finish')).toHaveLength(1)
  })

  it('with a fault is shown with its place, and nothing is begun', async () => {
    project = await Project.create({
      'tetik.yaml': ACCOUNT_WITH_CEILING,
      'specs/summer-sale.yaml': SPEC.replace('500 TRY', '500 USD'),
    })
    const plan = await project.run('plan', 'specs/summer-sale.yaml')
    expect(plan.code).toBe(2)
    expect(plan.stderr).toContain('specs/summer-sale.yaml:9:')
    expect((await project.run('plan', 'winter-sale')).stderr).toContain('there are: summer-sale')
  })
})
