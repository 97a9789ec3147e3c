/** Random rules as text, with units that can be combined. */

import fc from 'fast-check'

const WINDOWS = [
  'today',
  'yesterday',
  'last_3d',
  'last_7d',
  'last_14d',
  'last_30d',
  'this_week_mon_today',
  'last_week_mon_sun',
  'this_month',
  'last_month',
  'maximum',
  '1d',
  '3d',
  '5d',
  '7d offset 7d',
  '2d offset 1d',
  'last_3d offset 2d',
  'yesterday offset 1d',
]

const windows = fc.constantFrom(...WINDOWS)
const owners = fc.constantFrom('', '', '', '', 'account.', 'campaign.')
const metric = (...names: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(owners, fc.constantFrom(...names), windows).map(([owner, name, window]) => `${owner}${name}[${window}]`)
const between = (left: fc.Arbitrary<string>, sign: string, right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(left, right).map(([one, other]) => `(${one}) ${sign} (${other})`)
const factors = fc.constantFrom('2', '0.5', '1.1', '3', '20%', '150%')
const amounts = fc.integer({ min: 0, max: 600 }).map((amount) => `${amount / 2} TRY`)

const over = (operand: fc.Arbitrary<string>, ...names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...names), operand, fc.constantFrom('', ' within campaign'))
    .map(([name, inner, within]) => `${name}(${inner})${within}`)

const plainMoney = metric('spend', 'revenue', 'cpa', 'cpc', 'cpm', 'gross_spend')

const { money, count, number, percentage } = fc.letrec<Record<'money' | 'count' | 'number' | 'percentage', string>>((tie) => ({
  money: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plainMoney,
    amounts,
    fc.constant('target_cpa'),
    fc.tuple(fc.constantFrom('', 'campaign.'), fc.constant('daily_budget')).map((parts) => parts.join('')),
    between(tie('money'), '+', tie('money')),
    between(tie('money'), '-', tie('money')),
    between(factors, '*', tie('money')),
    between(tie('money'), '*', tie('number')),
    between(tie('money'), '/', fc.constantFrom('2', '0.5')),
    between(tie('money'), '/', tie('count')),
    tie('money').map((inner) => `-(${inner})`),
  ),
  count: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    metric('purchases', 'leads', 'clicks', 'impressions', 'results', 'reach'),
    metric('purchases', 'results', 'leads'),
    between(metric('purchases', 'results'), '+', metric('leads', 'clicks')),
    between(tie('count'), '-', metric('purchases', 'leads')),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    metric('roas'),
    between(tie('money'), '/', tie('money')),
    between(tie('count'), '/', tie('count')),
    between(tie('number'), '+', fc.constantFrom('1', '0.5')),
  ),
  percentage: fc.oneof(metric('ctr'), between(metric('ctr'), '*', fc.constantFrom('1.5', '3'))),
}))

const signs = fc.constantFrom('>', '>=', '<', '<=', '=', '!=')
const line = (left: fc.Arbitrary<string>, right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(left, signs, right).map((parts) => parts.join(' '))
const span = (subject: fc.Arbitrary<string>, end: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(subject, end, end).map(([one, low, high]) => `${one} between ${low} and ${high}`)

const leaves = fc.oneof(
  { arbitrary: line(money, fc.oneof(amounts, money)), weight: 5 },
  // "At least" compared with its own lower bound.
  { arbitrary: fc.tuple(windows, signs).map(([window, sign]) => `cpa[${window}] ${sign} spend[${window}]`), weight: 1 },
  { arbitrary: line(count, fc.integer({ min: 0, max: 9 }).map(String)), weight: 3 },
  { arbitrary: line(number, fc.constantFrom('0.5', '1', '2', '3.5')), weight: 2 },
  { arbitrary: line(percentage, fc.constantFrom('1%', '1.5%', '3%', '0%')), weight: 1 },
  { arbitrary: span(money, amounts), weight: 1 },
  { arbitrary: fc.tuple(count, fc.constantFrom('[0, 1]', '[2, 3, 5]')).map(([one, items]) => `${one} in ${items}`), weight: 1 },
  { arbitrary: line(fc.constantFrom('age'), fc.constantFrom('3d', '10d', '12h')), weight: 1 },
  { arbitrary: line(fc.constantFrom('hour', 'days_left'), fc.constantFrom('0', '3', '12', '23')), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      'delivering',
      'status = ACTIVE',
      'status != PAUSED',
      'status in [PAUSED, ARCHIVED]',
      'campaign.status = ACTIVE',
      'name matches "*o*"',
      'campaign.name matches "TR | *"',
      'name contains "25"',
      'weekday = monday',
      'weekday in [saturday, sunday]',
    ),
    weight: 2,
  },
)

/** Functions over the selection, which cannot be used in `where` itself. */
const overSelection = fc.oneof(
  line(over(plainMoney, 'sum', 'mean'), fc.oneof(amounts, plainMoney)),
  line(
    plainMoney,
    over(plainMoney, 'mean').map((inner) => `1.5 * ${inner}`),
  ),
  line(over(fc.oneof(plainMoney, metric('roas')), 'rank'), fc.constantFrom('1', '2', '3')),
  line(over(fc.oneof(plainMoney, metric('roas')), 'percentile'), fc.constantFrom('0%', '50%', '80%', '100%')),
  line(over(metric('purchases', 'clicks'), 'sum'), fc.constantFrom('0', '5', '60')),
  line(fc.constantFrom('count()', 'count() within campaign'), fc.constantFrom('1', '2', '4')),
  line(between(plainMoney, '/', over(metric('purchases', 'leads'), 'sum')), amounts),
)

const tree = (leaf: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.letrec<{ condition: unknown }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ),
  })).condition

/** Rules without ids, as objects: the rule file is written as JSON, which is YAML too. */
export const ruleContents = fc.record({
  scope: fc.constantFrom('adset', 'adset', 'adset', 'campaign', 'ad', 'account'),
  where: fc.option(tree(leaves), { nil: undefined, freq: 1 }),
  when: tree(fc.oneof({ arbitrary: leaves, weight: 6 }, { arbitrary: overSelection, weight: 1 })),
  clear: fc.option(tree(leaves), { nil: undefined, freq: 4 }),
})
