import fc from 'fast-check'
import { expect, it } from 'vitest'

import { anyLaunch, applied, filesOf } from '../../../test/support/launches.js'
import type { ExistingObject, LaunchPlan } from '../launch-plan.js'
import { isOptedOut } from '../meta/opt-outs.js'
import { planForVersion } from './plan-for-version.js'

const madeBy = (plan: LaunchPlan): Map<string, ExistingObject> => applied(plan.objects.map(({ object }) => object))
const optedOut = (plan: LaunchPlan): string[] =>
  plan.objects.filter(({ object }) => isOptedOut(object.kind, object.fields)).map(({ object }) => object.key)

it('objects created with v27.0 opt out of the features that it enables, those created before do not', () => {
  fc.assert(
    fc.property(anyLaunch, (spec) => {
      const plan = planForVersion(spec, filesOf(spec), new Map(), 27)
      const sales = spec.campaign.objective === 'OUTCOME_SALES'
      const expected = plan.objects
        .map(({ object }) => object)
        .filter(({ kind }) => kind === 'creative' || (sales && kind === 'adset'))
      expect(optedOut(plan)).toEqual(expected.map(({ key }) => key))
      expect(optedOut(planForVersion(spec, filesOf(spec), new Map(), 26))).toEqual([])
    }),
  )
})

it('another version does not change existing objects', () => {
  fc.assert(
    fc.property(anyLaunch, fc.constantFrom([26, 27], [27, 26], [27, 27]), (spec, [made, later]) => {
      const existing = madeBy(planForVersion(spec, filesOf(spec), new Map(), made))
      const plan = planForVersion(spec, filesOf(spec), existing, later)
      expect(plan.objects.filter(({ action }) => action !== 'none')).toEqual([])
    }),
  )
})

it('an object that replaces an older one opts out, and the others stay as they are', () => {
  fc.assert(
    fc.property(anyLaunch, (spec) => {
      const existing = madeBy(planForVersion(spec, filesOf(spec), new Map(), 26))
      const [first] = spec.ads
      fc.pre(first !== undefined)
      const reworded = {
        ...spec,
        ads: spec.ads.map((ad) =>
          ad === first ? { ...ad, creative: { ...ad.creative, text: `${ad.creative.text ?? ''} yeni` } } : ad,
        ),
      }
      const plan = planForVersion(reworded, filesOf(reworded), existing, 27)
      expect(optedOut(plan)).toEqual([`creative/${first.key}`])
    }),
  )
})
