import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { anyLaunch, applied, filesOf, objectsFor, SETTINGS } from '../../../test/support/launches.js'
import type { Json, JsonObject } from '../json.js'
import type { LaunchObject } from '../launch-object.js'
import type { ExistingObject } from '../launch-plan.js'
import type { LaunchSpec } from '../launch-spec.js'
import { objectsOf } from '../objects/objects.js'
import { loadLaunches } from '../read/load.js'
import { differencesAtMeta, planLaunch } from './plan.js'

const SPEC = `launch: summer-sale
account: moda-tr
campaign: { name: "TR | Summer", objective: OUTCOME_TRAFFIC, special_ad_categories: [], spend_cap: 9000 TRY }
adsets:
  - key: women
    daily_budget: 500 TRY
    optimization_goal: LINK_CLICKS
    targeting: { geo_locations: { countries: [TR] }, interests: [{ id: 1 }, { id: 2 }] }
    end: 2026-12-15 23:59
  - key: men
    daily_budget: 100 TRY
    optimization_goal: LINK_CLICKS
    targeting: { geo_locations: { countries: [TR] } }
ads:
  - key: hero
    adsets: [women, men]
    creative: { page_id: 1, image: hero.png, text: T, link: "https://example.com/s" }
`
const load = (text: string): LaunchSpec => {
  const { launches, diagnostics } = loadLaunches([{ path: 'specs/a.yaml', text }], SETTINGS)
  expect(diagnostics).toEqual([])
  return launches[0]!
}
const objects = (text: string) => objectsFor(load(text))
const created = applied(objects(SPEC))
const actions = (list: readonly LaunchObject[], existing: ReadonlyMap<string, ExistingObject> = created) =>
  Object.fromEntries(
    planLaunch(list, existing)
      .objects.filter(({ action }) => action !== 'none')
      .map(({ object, action }) => [object.key, action]),
  )
/** Returns the objects after somebody changed one in Ads Manager; null deletes it. */
const outside = (key: string, change: JsonObject | null): Map<string, ExistingObject> => {
  const object = created.get(key)!
  return new Map(created).set(key, { ...object, live: change === null ? null : { ...object.live, ...change } })
}
const planOf = (key: string, text: string, existing: ReadonlyMap<string, ExistingObject>) =>
  planLaunch(objects(text), existing).objects.find(({ object }) => object.key === key)!

describe('the plan of a launch', () => {
  it('creates everything the first time, and sets the ads active first and the campaign last', () => {
    const plan = planLaunch(objects(SPEC), new Map(), 'active')
    expect(new Set(plan.objects.map(({ action }) => action))).toEqual(new Set(['create']))
    expect(plan.publish).toEqual(['ad/hero/women', 'ad/hero/men', 'adset/women', 'adset/men', 'campaign'])
    expect(planLaunch(objects(SPEC), new Map(), 'paused').publish).toEqual([])
  })

  it('changes in place what Meta can change in place', () => {
    const changed = objects(SPEC.replace('500 TRY', '600 TRY').replace('TR | Summer', 'TR | Sommer'))
    expect(actions(changed)).toEqual({ campaign: 'update', 'adset/women': 'update' })
    expect(planLaunch(changed, created).objects.find(({ object }) => object.key === 'adset/women')!.changes).toEqual([
      { field: 'daily_budget', before: 50_000, after: 60_000 },
    ])
  })

  it('replaces a creative whose text or file changed, and switches its ads to the new one', () => {
    const expected = { 'creative/hero': 'replace', 'ad/hero/women': 'update', 'ad/hero/men': 'update' }
    expect(actions(objects(SPEC.replace('text: T', 'text: U')))).toEqual(expected)
    const spec = load(SPEC)
    expect(
      actions(
        objectsOf(
          spec,
          filesOf(spec, () => 'other bytes'),
          () => false,
        ),
      ),
    ).toEqual({ 'image/hero.png': 'replace', ...expected })
    const ad = planLaunch(objects(SPEC.replace('text: T', 'text: U')), created).objects.at(-1)!
    expect(ad.changes).toEqual([
      {
        field: 'creative',
        before: { creative_id: created.get('creative/hero')!.id },
        after: { creative_id: { $id: 'creative/hero' } },
      },
    ])
  })

  it('switches ads to a new creative if the run that created it ended before doing so', () => {
    const made = objects(SPEC.replace('text: T', 'text: U'))
    const half = new Map(created).set('creative/hero', { ...applied(made).get('creative/hero')!, id: '777' })
    expect(actions(made, half)).toEqual({ 'ad/hero/women': 'update', 'ad/hero/men': 'update' })
  })

  it('replaces an ad set that cannot be changed, with all of its ads, and says why', () => {
    const changed = objects(SPEC.replace('optimization_goal: LINK_CLICKS', 'optimization_goal: LANDING_PAGE_VIEWS'))
    expect(actions(changed)).toEqual({ 'adset/women': 'replace', 'ad/hero/women': 'replace' })
    const [adset, ad] = ['adset/women', 'ad/hero/women'].map((key) =>
      planLaunch(changed, created).objects.find(({ object }) => object.key === key)!,
    )
    expect(adset!.because).toMatch('optimised')
    expect(ad!.because).toMatch('adset/women')
    const objective = objects(
      SPEC.replace('OUTCOME_TRAFFIC', 'OUTCOME_SALES').replaceAll(
        'LINK_CLICKS',
        'LINK_CLICKS\n    promoted_object: { pixel_id: 1, custom_event_type: PURCHASE }',
      ),
    )
    expect(actions(objective)).toMatchObject({ campaign: 'replace', 'adset/men': 'replace', 'ad/hero/men': 'replace' })
  })

  it('replaces an ad set whose daily budget becomes a lifetime budget', () => {
    const lifetime = SPEC.replace('daily_budget: 500 TRY', 'lifetime_budget: 5000 TRY\n    start: 2026-12-01 00:00')
    expect(actions(objects(lifetime))).toMatchObject({ 'adset/women': 'replace' })
  })

  it('creates objects again that no longer exist at Meta, with those in them', () => {
    expect(actions(objects(SPEC), outside('adset/men', null))).toEqual({ 'adset/men': 'create', 'ad/hero/men': 'replace' })
    expect(planOf('adset/men', SPEC, outside('adset/men', null)).because).toBe('it no longer exists at Meta')
    // The same bytes have the same hash, so the creative stays as it is.
    expect(actions(objects(SPEC), outside('image/hero.png', null))).toEqual({ 'image/hero.png': 'create' })
    expect(actions(objects(SPEC), outside('creative/hero', null))).toMatchObject({
      'creative/hero': 'create',
      'ad/hero/men': 'update',
    })
  })

  it('never deletes what was removed from the file, and lists it as left alone', () => {
    const without = SPEC.replace(/ {2}- key: men[\s\S]*?(?=ads:)/, '').replace('[women, men]', '[women]')
    const plan = planLaunch(objects(without), created)
    expect(plan.leftAlone).toEqual(['adset/men', 'ad/hero/men'])
    expect(plan.objects.every(({ action }) => action === 'none')).toBe(true)
  })

  it('removes fields that Meta can remove, and says which ones it cannot', () => {
    expect(planOf('adset/women', SPEC.replace(/ {4}end.*\n/, ''), created).changes).toMatchObject([
      { field: 'end_time', after: 0 },
    ])
    expect(planOf('campaign', SPEC.replace(', spend_cap: 9000 TRY', ''), created).changes).toMatchObject([
      { after: '922337203685478' },
    ])
    const payed = SPEC.replace('    end:', '    dsa_payor: Moda\n    end:')
    expect(planOf('adset/women', SPEC, applied(objects(payed)))).toMatchObject({
      action: 'none',
      because: expect.stringContaining('dsa_payor') as string,
    })
  })

  it('has nothing to do if somebody already made the same change by hand', () => {
    const raised = SPEC.replace('500 TRY', '600 TRY')
    expect(planOf('adset/women', raised, outside('adset/women', { daily_budget: '60000' }))).toMatchObject({
      action: 'none',
      drift: [],
      changes: [],
    })
  })
})

describe('drift', () => {
  it('is shown and left alone', () => {
    expect(planOf('adset/women', SPEC, outside('adset/women', { daily_budget: '70000', status: 'ACTIVE' }))).toMatchObject({
      action: 'none',
      drift: [{ field: 'daily_budget', applied: 50_000, live: '70000' }],
    })
  })

  it('is overwritten if the file changed the same field', () => {
    const { action, changes, drift } = planOf(
      'adset/women',
      SPEC.replace('500 TRY', '600 TRY'),
      outside('adset/women', { daily_budget: '70000' }),
    )
    expect({ action, changes }).toEqual({ action: 'update', changes: [{ field: 'daily_budget', before: 50_000, after: 60_000 }] })
    expect(drift).toHaveLength(1)
  })

  it('includes additions within a field, and fields that the file never had', () => {
    const wider = created.get('adset/men')!.live!['targeting'] as JsonObject
    const added = outside('adset/men', {
      targeting: { ...wider, interests: [{ id: '5' }] },
      end_time: '2027-01-01T00:00:00+0300',
    })
    expect(planOf('adset/men', SPEC, added).drift.map(({ field }) => field)).toEqual(['targeting', 'end_time'])
  })

  it('includes only values that were set and have changed if there is no read-back', () => {
    const bare = new Map([...created].map(([key, { readBack: _, ...object }]) => [key, object]))
    expect(planLaunch(objects(SPEC), bare).objects.flatMap(({ drift }) => drift)).toEqual([])
    const adset = bare.get('adset/women')!
    const targeting = { ...(adset.live!['targeting'] as JsonObject), interests: [{ id: '1' }] }
    const changed = new Map(bare).set('adset/women', { ...adset, live: { ...adset.live, targeting } })
    expect(planOf('adset/women', SPEC, changed).drift).toHaveLength(1)
  })

  it('does not hide that the file removed something from the targeting', () => {
    const narrower = SPEC.replace(', { id: 2 }', '')
    expect(planOf('adset/women', narrower, created).changes).toMatchObject([{ field: 'targeting' }])
  })
})

describe('publishing', () => {
  const publish = (existing: ReadonlyMap<string, ExistingObject>) => planLaunch(objects(SPEC), existing, 'active').publish

  it('sets active what an earlier run left paused because it ended before', () => {
    expect(publish(created)).toHaveLength(5)
  })

  it('does not set active again what somebody has paused', () => {
    const live = applied(objects(SPEC), true)
    const adset = live.get('adset/women')!
    expect(publish(new Map(live).set('adset/women', { ...adset, live: { ...adset.live, status: 'PAUSED' } }))).toEqual([])
  })

  it('sets a new ad active in a running campaign', () => {
    const more = objects(
      SPEC.replace(
        'ads:\n',
        'ads:\n  - { key: new, adsets: [men], creative: { page_id: 1, image: b.png, link: "https://a.com" } }\n',
      ),
    )
    expect(planLaunch(more, applied(objects(SPEC), true), 'active').publish).toEqual(['ad/new/men'])
  })
})

it('the read-back lists fields that differ from what was set, but not those that differ only in format', () => {
  const set: JsonObject = {
    daily_budget: 50_000,
    end_time: '2026-12-01T09:00:00+0300',
    creative: { creative_id: '7' },
    tags: ['a', 'b'],
  }
  const live: Record<string, Json> = {
    daily_budget: '50000',
    end_time: '2026-12-01T06:00:00+0000',
    creative: { id: '7' },
    tags: ['b', 'a'],
  }
  expect(differencesAtMeta('adset', set, live)).toEqual([])
  expect(differencesAtMeta('adset', set, { ...live, daily_budget: '5000', tags: ['a'] }).map(({ field }) => field)).toEqual([
    'daily_budget',
    'tags',
  ])
})

describe('for any launch', () => {
  it('applying twice changes nothing: the plan after applying is empty', () => {
    fc.assert(
      fc.property(anyLaunch, fc.boolean(), (spec, hasReadBack) => {
        const objects = objectsFor(spec)
        const existing = new Map(
          [...applied(objects, true)].map(([key, { readBack, ...rest }]) => [
            key,
            hasReadBack ? { ...rest, readBack: readBack! } : rest,
          ]),
        )
        const plan = planLaunch(objects, existing, spec.publish)
        expect(plan.objects.filter(({ action, drift }) => action !== 'none' || drift.length > 0)).toEqual([])
        expect([plan.leftAlone, plan.publish]).toEqual([[], []])
      }),
    )
  })

  it('the plan from one version to another creates exactly the new keys and leaves the removed ones alone', () => {
    fc.assert(
      fc.property(anyLaunch, anyLaunch, (one, other) => {
        const [before, after] = [objectsFor(one), objectsFor(other)]
        const plan = planLaunch(after, applied(before))
        const known = new Map(before.map((object) => [object.key, object]))
        for (const { object, action } of plan.objects) {
          const same = known.get(object.key)
          expect(action === 'create').toBe(same === undefined)
        }
        expect([...plan.leftAlone].sort()).toEqual(
          [...known.keys()].filter((key) => !after.some((object) => object.key === key)).sort(),
        )
      }),
    )
  })
})
