import fc from 'fast-check'
import { expect, it } from 'vitest'

import { anyLaunch, applied, filesOf } from '../../../test/support/launches.js'
import type { ExistingObject, LaunchPlan } from '../launch-plan.js'
import { saysNo } from '../meta/opt-outs.js'
import { planForVersion } from './plan-for-version.js'

const madeBy = (plan: LaunchPlan): Map<string, ExistingObject> => applied(plan.objects.map(({ object }) => object))
const sayingNo = (plan: LaunchPlan): string[] =>
  plan.objects.filter(({ object }) => saysNo(object.kind, object.fields)).map(({ object }) => object.key)

it('whatever is made from v27.0 on says no to what that version switches on, and before it nothing does', () => {
  fc.assert(
    fc.property(anyLaunch, (launch) => {
      const plan = planForVersion(launch, filesOf(launch), new Map(), 27)
      const sales = launch.campaign.objective === 'OUTCOME_SALES'
      const expected = plan.objects
        .map(({ object }) => object)
        .filter(({ kind }) => kind === 'creative' || (sales && kind === 'adset'))
      expect(sayingNo(plan)).toEqual(expected.map(({ key }) => key))
      expect(sayingNo(planForVersion(launch, filesOf(launch), new Map(), 26))).toEqual([])
    }),
  )
})

it('another version changes nothing of what is there', () => {
  fc.assert(
    fc.property(anyLaunch, fc.constantFrom([26, 27], [27, 26], [27, 27]), (launch, [made, later]) => {
      const standing = madeBy(planForVersion(launch, filesOf(launch), new Map(), made))
      const plan = planForVersion(launch, filesOf(launch), standing, later)
      expect(plan.objects.filter(({ action }) => action !== 'none')).toEqual([])
    }),
  )
})

it('what replaces an older one says no, and the rest stays as it was', () => {
  fc.assert(
    fc.property(anyLaunch, (launch) => {
      const standing = madeBy(planForVersion(launch, filesOf(launch), new Map(), 26))
      const [first] = launch.ads
      fc.pre(first !== undefined)
      const reworded = {
        ...launch,
        ads: launch.ads.map((ad) =>
          ad === first ? { ...ad, creative: { ...ad.creative, text: `${ad.creative.text ?? ''} yeni` } } : ad,
        ),
      }
      const plan = planForVersion(reworded, filesOf(reworded), standing, 27)
      expect(sayingNo(plan)).toEqual([`creative/${first.key}`])
    }),
  )
})
