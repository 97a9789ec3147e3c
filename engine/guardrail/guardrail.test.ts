import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { DEFAULT_GUARDRAILS } from '../account/guardrails.js'
import { HOUR, MINUTE } from '../clock/zone.js'
import { reasonText } from '../message/reason.js'
import type { GuardrailContext, ProposedChange } from './context.js'
import { GUARDRAILS, refusalOf } from './guardrail.js'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const PAUSE: ProposedChange = { kind: 'pause' }
const START: ProposedChange = { kind: 'start', ownPause: true }
const budget = (before: number, target: number, field: 'daily_budget' | 'lifetime_budget' = 'daily_budget'): ProposedChange => ({
  kind: 'budget',
  field,
  before,
  target,
})

type Part<T> = T extends number | boolean | string | null ? T : Partial<T>
type Parts = { [Key in keyof GuardrailContext]?: Part<GuardrailContext[Key]> }

/** An account in which nothing is wrong and every change is allowed, except for `parts`. */
function contextOf(parts: Parts = {}): GuardrailContext {
  const calm: GuardrailContext = {
    now: NOW,
    zone: 'Europe/Istanbul',
    settings: { ...DEFAULT_GUARDRAILS, ceiling: 1_500_000 },
    entity: { level: 'adset', name: 'Women 25-44', labels: [], above: [{ name: 'TR | Summer', labels: [] }], beneath: [], delivering: true, learning: false }, // prettier-ignore
    stop: null,
    failuresLastHour: 0,
    actions: { lastHour: 0, today: 0 },
    personChanges: { status: null, budget: null, bid: null },
    changedBy: { status: null, budget: null, bid: null },
    health: { lastGoodSync: NOW - 5 * MINUTE, staleAfter: 2 * HOUR, today: { results: 40, usualResults: 40, spend: 400_000, usualSpend: 400_000 } }, // prettier-ignore
    restsOnResults: true,
    deliveringSiblings: 2,
    groups: [],
    budgets: { activeDaily: 1_000_000, raisedToday: 0, ownShare: 50_000, startAdds: 50_000, atDayStart: 50_000, movedToday: 0, changesLastHour: 0, minimum: 5_000, lifetimeSpent: null, daysLeft: null }, // prettier-ignore
  }
  const merged: Record<string, unknown> = { ...calm }
  for (const [key, part] of Object.entries(parts)) {
    const base = merged[key]
    const bothObjects =
      typeof part === 'object' && part !== null && typeof base === 'object' && base !== null && !Array.isArray(part)
    merged[key] = bothObjects ? { ...base, ...part } : part
  }
  return merged as unknown as GuardrailContext
}

const refused = (change: ProposedChange, parts: Parts = {}) => refusalOf(change, contextOf(parts))?.guardrail ?? null

test('a change is allowed if nothing is wrong', () => {
  for (const change of [PAUSE, START, budget(50_000, 57_500), budget(50_000, 40_000)]) expect(refused(change)).toBeNull()
})

test('the defaults are those of the documentation', () => {
  expect(DEFAULT_GUARDRAILS).toEqual({
    step: 0.2,
    dailyChange: 0.5,
    ceiling: null,
    actionsPerHour: 20,
    actionsPerDay: 100,
    lastAdset: false,
    protect: [],
    freeze: [],
    handsOff: { status: 48 * HOUR, budget: 48 * HOUR, bid: 48 * HOUR },
    raise: null,
    breaker: 5,
  })
})

describe('stop', () => {
  test('refuses every change while the switch is on, and says who set it', () => {
    for (const change of [PAUSE, START, budget(50_000, 51_000)])
      expect(refused(change, { stop: { why: 'DUR from owner' } })).toBe('stop')
    const { reason } = refusalOf(PAUSE, contextOf({ stop: { why: 'DUR from owner' } }))!
    expect(reasonText(reason, { language: 'en', currency: 'TRY', zone: 'UTC' })).toContain('DUR from owner')
  })
})

describe('breaker', () => {
  test('refuses every change once the limit of failed actions is reached', () => {
    expect(refused(PAUSE, { failuresLastHour: 4 })).toBeNull()
    expect(refused(PAUSE, { failuresLastHour: 5 })).toBe('breaker')
  })
})

describe('freeze', () => {
  const freeze = [{ since: '2026-11-27', until: '2026-11-30' }]
  const at = (now: string) => refused(PAUSE, { now: Date.parse(now), settings: { freeze }, health: { lastGoodSync: Date.parse(now) } }) // prettier-ignore

  test('refuses every change on its days, first and last included, in the account’s time zone', () => {
    expect(at('2026-11-26T20:59:59Z')).toBeNull()
    expect(at('2026-11-26T21:00:00Z')).toBe('freeze')
    expect(at('2026-11-30T20:59:59Z')).toBe('freeze')
    expect(at('2026-11-30T21:00:00Z')).toBeNull()
  })
})

describe('protect', () => {
  const settings = { protect: ['* | Always on', 'keep'] }

  test('protects an entity by its name or by a label', () => {
    expect(refused(PAUSE, { settings, entity: { name: 'TR | Always on' } })).toBe('protect')
    expect(refused(PAUSE, { settings, entity: { labels: ['summer', 'keep'] } })).toBe('protect')
    expect(refused(PAUSE, { settings, entity: { name: 'TR  |\u00a0Always on ' } })).toBe('protect')
    expect(refused(PAUSE, { settings, entity: { name: 'TR | Always on 2' } })).toBeNull()
  })

  test('includes everything in a protected campaign', () => {
    expect(refused(budget(50_000, 51_000), { settings, entity: { above: [{ name: 'DE | Always on', labels: [] }] } })).toBe(
      'protect',
    )
  })

  test('refuses to pause a campaign with a protected ad set, but not to change its budget', () => {
    const entity = { level: 'campaign', above: [], beneath: [{ name: 'A', labels: ['keep'] }] } as const
    expect(refused(PAUSE, { settings, entity })).toBe('protect')
    expect(refused(budget(50_000, 51_000), { settings, entity })).toBeNull()
  })
})

describe('hands-off', () => {
  test('refuses changes of an entity for 48 hours after a person changed it', () => {
    expect(refused(START, { personChanges: { status: NOW - 48 * HOUR + 1, budget: null, bid: null } })).toBe('hands-off')
    expect(refused(START, { personChanges: { status: NOW - 48 * HOUR, budget: null, bid: null } })).toBeNull()
  })
})

describe('outage', () => {
  test('refuses changes that depend on results while the data is stale or was never read', () => {
    expect(refused(PAUSE, { health: { lastGoodSync: NOW - 2 * HOUR } })).toBeNull()
    expect(refused(PAUSE, { health: { lastGoodSync: NOW - 2 * HOUR - 1 } })).toBe('outage')
    expect(refused(PAUSE, { health: { lastGoodSync: null } })).toBe('outage')
  })

  test('refuses them while results are near zero although spend is as usual', () => {
    const today = { results: 4, usualResults: 40, spend: 400_000, usualSpend: 400_000 }
    expect(refused(PAUSE, { health: { today } })).toBe('outage')
    expect(refused(PAUSE, { health: { today: { ...today, results: 5 } } })).toBeNull()
    expect(refused(PAUSE, { health: { today: { ...today, spend: 199_999 } } })).toBeNull()
    expect(refused(PAUSE, { health: { today: { ...today, results: 0, usualResults: 9 } } })).toBeNull()
  })

  test('allows changes that depend on neither costs nor results, such as a limit on spend', () => {
    expect(refused(PAUSE, { restsOnResults: false, health: { lastGoodSync: null } })).toBeNull()
  })
})

describe('learning', () => {
  const entity = { learning: true }

  test('allows only pausing an ad set and ending the rule’s own pause', () => {
    expect(refused(PAUSE, { entity })).toBeNull()
    expect(refused({ kind: 'start', ownPause: true }, { entity })).toBeNull()
    expect(refused({ kind: 'start', ownPause: false }, { entity })).toBe('learning')
    expect(refused(budget(50_000, 51_000), { entity })).toBe('learning')
    expect(refused(budget(50_000, 51_000), { entity: { learning: null } })).toBeNull()
  })
})

describe('last-adset', () => {
  test('refuses to pause the last ad set unless the account allows it; if the others are unknown, it counts as the last', () => {
    expect(refused(PAUSE, { deliveringSiblings: 1 })).toBeNull()
    expect(refused(PAUSE, { deliveringSiblings: 0 })).toBe('last-adset')
    expect(refused(PAUSE, { deliveringSiblings: null })).toBe('last-adset')
    expect(refused(PAUSE, { deliveringSiblings: 0, settings: { lastAdset: true } })).toBeNull()
  })

  test('counts only ad sets that deliver', () => {
    expect(refused(PAUSE, { deliveringSiblings: 0, entity: { delivering: false } })).toBeNull()
    expect(refused(PAUSE, { deliveringSiblings: 0, entity: { delivering: null } })).toBe('last-adset')
    expect(refused(PAUSE, { deliveringSiblings: 0, entity: { level: 'campaign' } })).toBeNull()
    expect(refused(budget(50_000, 51_000), { deliveringSiblings: 0 })).toBeNull()
  })
})

describe('actions-per-hour', () => {
  test('refuses the twenty-first action of an hour', () => {
    expect(refused(PAUSE, { actions: { lastHour: 19 } })).toBeNull()
    expect(refused(PAUSE, { actions: { lastHour: 20 } })).toBe('actions-per-hour')
  })
})

describe('actions-per-day', () => {
  test('refuses the hundred-and-first action of the account’s day', () => {
    expect(refused(PAUSE, { actions: { today: 99 } })).toBeNull()
    expect(refused(PAUSE, { actions: { today: 100 } })).toBe('actions-per-day')
  })
})

describe('step', () => {
  test('allows 20% up or down, and no more', () => {
    expect(refused(budget(50_000, 60_000))).toBeNull()
    expect(refused(budget(50_000, 60_001))).toBe('step')
    expect(refused(budget(50_000, 40_000))).toBeNull()
    expect(refused(budget(50_000, 39_999))).toBe('step')
  })

  test('refuses a step that is too large and does not correct it', () => {
    expect(refusalOf(budget(50_000, 150_000), contextOf())).toEqual({
      guardrail: 'step',
      reason: {
        code: 'step',
        facts: {
          before: { kind: 'money', value: 50_000 },
          target: { kind: 'money', value: 150_000 },
          step: { kind: 'percentage', value: 2 },
          limit: { kind: 'percentage', value: 0.2 },
        },
      },
    })
  })

  test('refuses a step that is not a number', () => {
    expect(refused(budget(50_000, Number.NaN))).toBe('step')
    expect(refused(budget(0, 10_000))).toBe('step')
  })
})

describe('daily-change', () => {
  test('keeps a budget within 50% of its value at the start of the day', () => {
    const budgets = { atDayStart: 40_000, movedToday: 10_000 }
    expect(refused(budget(50_000, 60_000), { budgets })).toBeNull()
    expect(refused(budget(52_000, 62_000), { budgets: { atDayStart: 40_000, movedToday: 12_000 } })).toBe('daily-change')
  })

  test('adds up raises and cuts by rules', () => {
    const budgets = { atDayStart: 50_000, movedToday: 20_000 }
    expect(refused(budget(50_000, 55_000), { budgets })).toBeNull()
    expect(refused(budget(50_000, 55_001), { budgets })).toBe('daily-change')
  })

  test('includes a person’s change of the same day in the distance', () => {
    expect(refused(budget(70_000, 80_000), { budgets: { atDayStart: 50_000, movedToday: 0 } })).toBe('daily-change')
  })
})

describe('ceiling', () => {
  test('must be set before a rule may raise a budget; cuts and pauses need none', () => {
    const settings = { ceiling: null }
    expect(refused(budget(50_000, 50_001), { settings })).toBe('ceiling')
    expect(refused(budget(50_000, 49_000), { settings })).toBeNull()
    expect(refused(PAUSE, { settings })).toBeNull()
    expect(refused(START, { settings })).toBeNull()
  })

  test('limits raises to the minor unit', () => {
    expect(refused(budget(50_000, 60_000), { budgets: { activeDaily: 1_490_000 } })).toBeNull()
    expect(refused(budget(50_000, 60_000), { budgets: { activeDaily: 1_490_001 } })).toBe('ceiling')
  })

  test('allows cuts in an account that is already above it', () => {
    expect(refused(budget(50_000, 45_000), { budgets: { activeDaily: 2_000_000 } })).toBeNull()
    expect(refused(budget(50_000, 50_001), { budgets: { activeDaily: 2_000_000 } })).toBe('ceiling')
  })

  test('limits starting too', () => {
    expect(refused(START, { budgets: { activeDaily: 1_450_000 } })).toBeNull()
    expect(refused(START, { budgets: { activeDaily: 1_450_001 } })).toBe('ceiling')
    expect(refused(START, { budgets: { activeDaily: 2_000_000, startAdds: 0 } })).toBeNull()
  })

  test('counts a lifetime budget with its daily share of the days left', () => {
    const budgets = { activeDaily: 1_499_000, atDayStart: 500_000 }
    expect(refused(budget(500_000, 510_000, 'lifetime_budget'), { budgets: { ...budgets, daysLeft: 10 } })).toBeNull()
    expect(refused(budget(500_000, 510_000, 'lifetime_budget'), { budgets: { ...budgets, daysLeft: 9 } })).toBe('ceiling')
    expect(refused(budget(500_000, 510_000, 'lifetime_budget'), { budgets })).toBe('ceiling')
  })

  test('refuses raises if the sum is not known', () => {
    expect(refused(budget(50_000, 51_000), { budgets: { activeDaily: null } })).toBe('ceiling')
    expect(refused(START, { budgets: { activeDaily: null } })).toBe('ceiling')
  })
})

describe('group-budget', () => {
  const group = (change: Partial<GuardrailContext['groups'][number]>): Parts => ({
    groups: [{ name: 'umbrella', monthlyBudget: 2_000_000, spent: 500_000, toCome: 1_400_000, daysLeft: 10, ...change }],
  })
  const raise = budget(50_000, 60_000)

  test('refuses a raise that would exceed the group’s monthly budget by the end of the month, to the kuruş', () => {
    expect(refused(raise, group({}))).toBeNull()
    expect(refused(raise, group({ toCome: 1_400_001 }))).toBe('group-budget')
    expect(refused(raise, group({ daysLeft: 11 }))).toBe('group-budget')
    expect(refused(START, { ...group({}), budgets: { startAdds: 10_001 } })).toBe('group-budget')
  })

  test('reports what would be spent by the end of the month', () => {
    const refusal = refusalOf(raise, contextOf(group({ spent: 700_000 })))
    const text = reasonText(refusal!.reason, { language: 'en', currency: 'TRY', zone: 'Europe/Istanbul' })
    expect(text.replace(/\u00a0/g, ' ')).toBe(
      'The group “umbrella” would spend TRY 22,000.00 this month, above its monthly budget of TRY 20,000.00.',
    )
  })

  test('allows cuts and pauses, but no raises, in a group that has exceeded its budget', () => {
    const past = group({ spent: 2_500_000 })
    expect(refused(budget(50_000, 45_000), past)).toBeNull()
    expect(refused(PAUSE, past)).toBeNull()
    expect(refused(raise, past)).toBe('group-budget')
  })

  test('does not treat unknown amounts as zero', () => {
    expect(refused(raise, group({ spent: null }))).toBe('group-budget')
    expect(refused(raise, group({ toCome: null }))).toBe('group-budget')
  })
})

describe('which changes each guardrail applies to', () => {
  const bid = (before: number | null, target: number): ProposedChange => ({ kind: 'bid', before, target })

  test.each([
    ['status', ['pause', 'start']],
    ['budget', ['budget', 'duplicate']],
    ['bid', ['bid']],
  ] as const)('after a person changed its %s, rules may not make these changes: %j', (kind, held) => {
    const changes: ProposedChange[] = [PAUSE, START, budget(50_000, 51_000), bid(9_000, 9_500), { kind: 'duplicate' }, { kind: 'rename' }, { kind: 'label' }] // prettier-ignore
    const found = changes.filter((change) => refused(change, { personChanges: { [kind]: NOW - HOUR } }) === 'hands-off')
    expect(found.map((change) => change.kind)).toEqual(held)
  })

  test('the refusal names the person if Meta’s activity log does', () => {
    const changed = contextOf({ personChanges: { budget: NOW - HOUR }, changedBy: { budget: 'AdPilot' } })
    const options = { language: 'en', currency: 'TRY', zone: 'Europe/Istanbul' } as const
    expect(reasonText(refusalOf(budget(50_000, 51_000), changed)!.reason, options)).toMatch(/^“AdPilot” changed its budget on /)
  })

  test('each kind of change has its own hands-off time', () => {
    const settings = { handsOff: { status: 48 * HOUR, budget: HOUR, bid: 0 } }
    const personChanges = { status: NOW - 2 * HOUR, budget: NOW - 2 * HOUR, bid: NOW }
    expect(refused(PAUSE, { settings, personChanges })).toBe('hands-off')
    expect(refused(budget(50_000, 51_000), { settings, personChanges })).toBeNull()
    expect(refused(bid(9_000, 9_500), { settings, personChanges })).toBeNull()
  })

  test('the largest step applies to a bid, but not when it is first set', () => {
    expect(refused(bid(9_000, 10_800))).toBeNull()
    expect(refused(bid(9_000, 10_801))).toBe('step')
    expect(refused(bid(null, 50_000))).toBeNull()
  })

  test.each(['rename', 'label', 'duplicate'] as const)(
    '%s is an action like any other, and learning goes on through it',
    (kind) => {
      expect(refused({ kind })).toBeNull()
      expect(refused({ kind }, { entity: { learning: true } })).toBeNull()
      expect(refused(bid(9_000, 9_500), { entity: { learning: true } })).toBe('learning')
      expect(refused({ kind }, { actions: { lastHour: 20 } })).toBe('actions-per-hour')
      expect(refused({ kind }, { settings: { protect: ['Women*'] } })).toBe('protect')
    },
  )
})

describe('raise', () => {
  const settings = { raise: 10_000 }

  test('refuses a raise beyond the daily limit of all rules together', () => {
    expect(refused(budget(50_000, 55_000), { settings, budgets: { raisedToday: 5_000 } })).toBeNull()
    expect(refused(budget(50_000, 55_001), { settings, budgets: { raisedToday: 5_000 } })).toBe('raise')
  })

  test('allows cuts, however much was raised, and has no effect if it is not set', () => {
    expect(refused(budget(50_000, 45_000), { settings, budgets: { raisedToday: 99_000 } })).toBeNull()
    expect(refused(budget(50_000, 57_500), { budgets: { raisedToday: 99_000 } })).toBeNull()
  })

  test('divides a raise of a lifetime budget by the days left', () => {
    const lifetime: ProposedChange = { kind: 'budget', field: 'lifetime_budget', before: 500_000, target: 580_000 }
    expect(refused(lifetime, { settings, budgets: { daysLeft: 8, atDayStart: 500_000 } })).toBeNull()
    expect(refused(lifetime, { settings, budgets: { daysLeft: 7, atDayStart: 500_000 } })).toBe('raise')
    expect(refused(lifetime, { settings: { ...settings, ceiling: null }, budgets: { daysLeft: null } })).not.toBeNull()
  })
})

describe('meta-budget-changes', () => {
  test('refuses the fifth change of a budget within an hour', () => {
    expect(refused(budget(50_000, 51_000), { budgets: { changesLastHour: 3 } })).toBeNull()
    expect(refused(budget(50_000, 51_000), { budgets: { changesLastHour: 4 } })).toBe('meta-budget-changes')
    expect(refused(PAUSE, { budgets: { changesLastHour: 4 } })).toBeNull()
  })
})

describe('minimum-budget', () => {
  test('refuses budgets that Meta would refuse', () => {
    const budgets = { atDayStart: 5_500 }
    expect(refused(budget(5_500, 5_000), { budgets })).toBeNull()
    expect(refused(budget(5_500, 4_999), { budgets })).toBe('minimum-budget')
    expect(refused(budget(5_500, 4_999), { budgets: { ...budgets, minimum: null } })).toBeNull()
  })

  test('keeps a lifetime budget 10% above what was spent', () => {
    const budgets = { atDayStart: 40_000, lifetimeSpent: 30_000 }
    expect(refused(budget(40_000, 33_000, 'lifetime_budget'), { budgets })).toBeNull()
    expect(refused(budget(40_000, 32_999, 'lifetime_budget'), { budgets })).toBe('minimum-budget')
  })
})

test('every guardrail has a test block of its name here', () => {
  expect(Object.keys(GUARDRAILS).sort()).toEqual(
    ['stop', 'breaker', 'freeze', 'protect', 'hands-off', 'outage', 'learning', 'last-adset', 'actions-per-hour', 'actions-per-day', 'step', 'daily-change', 'ceiling', 'raise', 'group-budget', 'meta-budget-changes', 'minimum-budget'].sort(), // prettier-ignore
  )
})

test('an allowed budget keeps every limit, whatever the numbers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 0, max: 2_000_000 }),
      (before, target, atDayStart, movedToday, others) => {
        const activeDaily = others + before
        const parts = { budgets: { atDayStart, movedToday, activeDaily, ownShare: before } }
        if (refused(budget(before, target), parts) !== null) return
        // In integers: a step of at most 20%, at most 50% from the day's start, at most the ceiling, at least the minimum.
        expect(5 * Math.abs(target - before)).toBeLessThanOrEqual(before)
        expect(2 * Math.abs(target - atDayStart)).toBeLessThanOrEqual(atDayStart)
        if (target > before) expect(others + target).toBeLessThanOrEqual(1_500_000)
        expect(target).toBeGreaterThanOrEqual(5_000)
      },
    ),
    { numRuns: 2000 },
  )
})

test('repeated steps of 20% are refused before the daily limit of 50% is exceeded', () => {
  let amount = 100_000
  let steps = 0
  for (; steps < 10; steps++) {
    const target = Math.trunc(amount * 1.2)
    const budgets = { atDayStart: 100_000, movedToday: amount - 100_000, ownShare: amount }
    if (refused(budget(amount, target), { budgets }) !== null) break
    amount = target
  }
  expect([steps, amount]).toEqual([2, 144_000])
})
