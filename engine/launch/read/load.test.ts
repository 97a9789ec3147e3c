import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { SETTINGS } from '../../../test/support/launches.js'
import { loadSettings } from '../../account/load.js'
import { renderDiagnostics } from '../../diagnostic/render.js'
import { loadLaunches } from './load.js'

const SPEC = `launch: summer-sale
account: moda-tr
publish: paused
campaign: { name: "TR | Summer sale", objective: OUTCOME_SALES, special_ad_categories: [] }
adsets:
  - key: women
    name: Women 25-44
    daily_budget: 500 TRY
    optimization_goal: OFFSITE_CONVERSIONS
    promoted_object: { pixel_id: "123", custom_event_type: PURCHASE }
    targeting: { geo_locations: { countries: [TR] }, age_min: 25, age_max: 44, genders: [2], advantage_audience: off }
    start: 2026-12-01 09:00
    end: 2026-12-15 23:59
ads:
  - key: hero
    name: Hero
    adsets: [women]
    creative: { page_id: "1", image: media/hero.jpg, text: T, headline: H, link: "https://example.com", call_to_action: SHOP_NOW }
`

const read = (text: string, settings = SETTINGS as typeof SETTINGS | null, options = {}) =>
  loadLaunches([{ path: 'specs/a.yaml', text }], settings, options)
const launchOf = (text: string) => {
  const { launches, diagnostics } = read(text)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return launches[0]!
}
const change = (from: string, to: string): string => {
  expect(SPEC).toContain(from)
  return SPEC.replace(from, to)
}

describe('a launch spec', () => {
  it('is read completely', () => {
    expect(launchOf(SPEC)).toMatchObject({
      key: 'summer-sale',
      account: 'moda-tr',
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      file: 'specs/a.yaml',
      line: 1,
      publish: 'paused',
      campaign: { name: 'TR | Summer sale', objective: 'OUTCOME_SALES', budget: null },
      adsets: [
        { key: 'women', budget: { kind: 'daily', amount: 50_000 }, start: Date.UTC(2026, 11, 1, 6), advantageAudience: false },
      ],
      ads: [{ key: 'hero', adsets: ['women'], creative: { pageId: '1', media: { kind: 'image', path: 'media/hero.jpg' } } }],
    })
  })

  it.each([
    ['2026', '2026'],
    ['no', 'no'],
    ['true', 'true'],
    ['1.10', '1.10'],
    ['007', '007'],
    ['1e3', '1e3'],
    ['2026-12-01', '2026-12-01'],
    ['0x10', '0x10'],
  ])('has the name %s as written', (written, name) => {
    expect(launchOf(change('"TR | Summer sale"', written)).campaign.name).toBe(name)
    expect(launchOf(change('name: Women 25-44', `name: ${written}`)).adsets[0]!.name).toBe(name)
    expect(launchOf(change('headline: H', `headline: ${written}`)).ads[0]!.creative.headline).toBe(name)
  })

  it('has ids as written, to the last digit', () => {
    const long = '120208334455667788991'
    expect(launchOf(change('pixel_id: "123"', `pixel_id: ${long}`)).adsets[0]!.promotedObject).toMatchObject({ pixel_id: long })
    expect(launchOf(change('page_id: "1"', `page_id: ${long}`)).ads[0]!.creative.pageId).toBe(long)
    const targeting = launchOf(
      change('age_min: 25', `custom_audiences: [{ id: ${long} }], flexible_spec: [{ interests: [{ id: ${long}, name: 1.0 }] }]`),
    ).adsets[0]!.targeting
    expect(targeting).toMatchObject({
      custom_audiences: [{ id: long }],
      flexible_spec: [{ interests: [{ id: long, name: '1.0' }] }],
    })
  })

  it.each([
    ['moda-tr', '500', 50_000],
    ['moda-tr', '500 TRY', 50_000],
    ['moda-tr', '12.34 TRY', 1234],
    ['moda-us', '0.07 USD', 7],
    ['moda-us', '19.99', 1999],
    ['moda-jp', '1500 JPY', 1500],
  ])('has amounts of %s in Meta’s minor units: %s', (account, written, minor) => {
    const text = change('500 TRY', written).replace('moda-tr', account)
    expect(launchOf(text).adsets[0]!.budget).toEqual({ kind: 'daily', amount: minor })
  })

  it('has times in the account’s time zone, with its clock changes', () => {
    const times = (account: string, start: string, end: string) => {
      const text = change('2026-12-01 09:00', start)
        .replace('2026-12-15 23:59', end)
        .replace('moda-tr', account)
        .replace('500 TRY', '500')
      const { start: from, end: to } = launchOf(text).adsets[0]!
      return [new Date(from!).toISOString(), new Date(to!).toISOString()]
    }
    expect(times('moda-tr', '2026-12-01 09:00', '2026-12-15 23:59')).toEqual([
      '2026-12-01T06:00:00.000Z',
      '2026-12-15T20:59:00.000Z',
    ])
    expect(times('moda-us', '2026-10-31 09:00', '2026-11-02 09:00')).toEqual([
      '2026-10-31T13:00:00.000Z',
      '2026-11-02T14:00:00.000Z',
    ])
    expect(times('moda-tr', '2026-12-01T09:00:00Z', '2026-12-15 23:59')[0]).toBe('2026-12-01T09:00:00.000Z')
  })

  it('has a warning for a time that a clock change skips or repeats', () => {
    const warned = (start: string) =>
      read(change('2026-12-01 09:00', start).replace('moda-tr', 'moda-us').replace('500 TRY', '500')).diagnostics.map(
        ({ code, hint }) => [code, hint],
      )
    expect(warned('2026-03-08 02:30')).toEqual([['summer-time', 'it means 2026-03-08 03:00']])
    expect(warned('2026-11-01 01:30')).toEqual([['summer-time', 'it means the first one']])
    expect(warned('2026-11-01 01:30'.replace(' ', 'T') + ':00-05:00')).toEqual([])
  })

  it('has the same version in any layout, and another one for another meaning', () => {
    const { version } = launchOf(SPEC)
    expect(launchOf(`# a comment\n\n${SPEC.replace('genders: [2]', 'genders: [ 2 ]')}`).version).toBe(version)
    expect(launchOf(change('500 TRY', '500')).version).toBe(version)
    expect(launchOf(change('500 TRY', '501')).version).not.toBe(version)
    expect(version).toMatch(/^[0-9a-f]{64}$/)
  })

  it('belongs to the only account if it names none', () => {
    const one = loadSettings('tetik.yaml', 'accounts: [{ name: solo, id: act_1, currency: TRY, timezone: UTC }]').settings
    expect(read(change('account: moda-tr\n', ''), one).launches[0]!.account).toBe('solo')
  })

  it('is only checked for its format if there is no tetik.yaml', () => {
    const { launches, diagnostics } = read(SPEC, null)
    expect(launches).toEqual([])
    expect(diagnostics).toMatchObject([{ code: 'no-account', severity: 'warning' }])
    expect(read(change('500 TRY', 'much'), null).diagnostics.map(({ severity }) => severity)).toEqual(['error'])
  })
})

/** A change of the spec, and the code, place and hint of the only error that follows. */
const FAULTS: readonly (readonly [string, string, string, string, RegExp?])[] = [
  ['summer-sale', 'Summer Sale', 'bad-id', '1:9', /did you mean `summer-sale`/],
  ['launch: ', 'lanch: ', 'unknown-key', '1:1', /did you mean `launch`/],
  ['account: moda-tr', 'account: moda-rt', 'unknown-account', '2:10', /did you mean `moda-tr`/],
  ['account: moda-tr\n', '', 'missing-key', '1:9', /account: moda-tr/],
  ['paused', 'pause', 'unknown-choice', '3:10', /did you mean `paused`/],
  ['"TR | Summer sale"', '" TR"', 'bad-name', '4:20', /did you mean `TR`/],
  ['"TR | Summer sale"', `"${'x'.repeat(401)}"`, 'out-of-range', '4:20'],
  ['OUTCOME_SALES', 'CONVERSIONS', 'unknown-choice', '4:50', /OUTCOME_SALES/],
  [', special_ad_categories: []', '', 'missing-key', '4:11', /special_ad_categories|\[\]/],
  ['special_ad_categories: []', 'special_ad_categories: [NONE, CREDIT]', 'contradiction', '4:89'],
  ['special_ad_categories: []', 'special_ad_categories: [], daily_budget: 100 TRY', 'several-budgets', '8:5'],
  ['special_ad_categories: []', 'special_ad_categories: [], bid_strategy: COST_CAP', 'needless-key', '4:92'],
  ['special_ad_categories: []', 'special_ad_categories: [], special_ad_category_country: [TR]', 'needless-key', '4:92'],
  ['    daily_budget: 500 TRY\n', '', 'missing-key', '6:10', /daily_budget/],
  ['daily_budget: 500 TRY', 'daily_budget: 500 TRY\n    lifetime_budget: 900 TRY', 'several-budgets', '9:5'],
  ['500 TRY', '500 USD', 'currency-mismatch', '8:23', /`500 TRY`/],
  ['500 TRY', '500 TL', 'unknown-unit', '8:23', /`500 TRY`/],
  ['500 TRY', '0 TRY', 'out-of-range', '8:19'],
  ['500 TRY', '5%', 'bad-money', '8:19', /500 TRY/],
  ['500 TRY', '1.234 TRY', 'ambiguous-amount', '8:19', /`1234 TRY` or `1.23 TRY`/],
  ['500 TRY', '0.125 TRY', 'too-precise', '8:19'],
  ['OFFSITE_CONVERSIONS', 'OFFSITE_CONVERSION', 'unknown-choice', '9:24', /OFFSITE_CONVERSIONS/],
  ['OFFSITE_CONVERSIONS', 'APP_INSTALLS', 'wrong-goal', '9:24', /it has .*`OFFSITE_CONVERSIONS`/],
  [
    '    promoted_object: { pixel_id: "123", custom_event_type: PURCHASE }\n',
    '',
    'wrong-goal',
    '9:24',
    /promoted_object: \{ pixel_id/,
  ],
  [', custom_event_type: PURCHASE', '', 'wrong-goal', '10:22', /custom_event_type/],
  ['PURCHASE', 'PURCHASES', 'unknown-choice', '10:60', /did you mean `PURCHASE`/],
  ['pixel_id: "123"', 'pixel_id: 1_23', 'bad-id', '10:34', /"123"/],
  ['    promoted', '    destination_type: PHONE_CALL\n    promoted', 'wrong-goal', '10:23', /WEBSITE/],
  ['    promoted', '    billing_event: THRUPLAY\n    promoted', 'wrong-billing', '10:20', /IMPRESSIONS/],
  ['    promoted', '    bid_strategy: COST_CAP\n    promoted', 'missing-key', '10:19', /bid_amount/],
  ['    promoted', '    bid_strategy: LOWEST_COST_WITHOUT_CAP\n    bid_amount: 5 TRY\n    promoted', 'needless-key', '11:5'],
  ['    promoted', '    roas_average_floor: 2\n    promoted', 'needless-key', '10:5', /LOWEST_COST_WITH_MIN_ROAS/],
  ['countries: [TR]', 'countries: []', 'missing-key', '11:33', /countries: \[TR\]/],
  ['[TR]', '[tr]', 'unknown-country', '11:47', /`TR`/],
  ['[TR]', '[UK]', 'unknown-country', '11:47', /`GB`/],
  ['[TR]', '[TR, DE]', 'missing-key', '6:10', /dsa_beneficiary.*dsa_payor/],
  ['age_min: 25', 'age_min: 12', 'out-of-range', '11:63'],
  ['age_min: 25', 'age_min: 50', 'out-of-range', '11:63'],
  ['advantage_audience: off', 'advantage_audience: on', 'out-of-range', '11:76', /advantage_audience: off/],
  ['age_min: 25', 'age_mn: 25', 'unknown-key', '11:54', /did you mean `age_min`/],
  ['age_min: 25, age_max: 44', 'age_max: 16', 'out-of-range', '11:63', /age_min: 13/],
  ['genders: [2]', 'instagram_positions: [stream, explore]', 'unknown-choice', '11:110'],
  [
    '    promoted',
    '    attribution_spec: [{ event_type: CLICK_THROUGH, window_days: 3 }]\n    promoted',
    'out-of-range',
    '10:66',
    /1, 7, 28/,
  ],
  ['genders: [2]', 'genders: [3]', 'unknown-choice', '11:90', /2 is women/],
  ['advantage_audience: off', 'advantage_audience: OFF', 'unknown-choice', '11:114', /`off`/],
  ['2026-12-01 09:00', '2026-13-01 09:00', 'bad-time', '12:12'],
  ['2026-12-01 09:00', '9 am', 'bad-time', '12:12', /2026-12-01 09:00/],
  ['2026-12-15 23:59', '2026-12-15', 'bad-time', '13:10', /`2026-12-15 23:59`/],
  ['2026-12-15 23:59', '2026-11-15 23:59', 'out-of-range', '13:10'],
  ['2026-12-15 23:59', '2026-12-01 19:00', 'out-of-range', '13:10', /lifetime_budget/],
  ['[women]', '[woman]', 'unknown-adset', '17:14', /did you mean `women`/],
  ['[women]', '[women, women]', 'duplicate-name', '17:21'],
  ['[women]', '[]', 'empty', '17:13'],
  ['page_id: "1"', 'page_id: my-page', 'bad-id', '18:26'],
  ['media/hero.jpg', 'media/hero.mp4', 'bad-media', '18:38', /did you mean `video: media\/hero.mp4`/],
  ['media/hero.jpg', 'media/hero.gif', 'bad-media', '18:38', /\.jpg/],
  ['media/hero.jpg', '../hero.jpg', 'bad-path', '18:38'],
  ['media/hero.jpg', '/etc/hero.jpg', 'bad-path', '18:38'],
  ['media/hero.jpg', 'media\\hero.jpg', 'bad-path', '18:38', /`media\/hero.jpg`/],
  ['image: media/hero.jpg', 'image: a.jpg, video: b.mp4', 'contradiction', '18:31', /thumbnail/],
  ['image: media/hero.jpg, ', '', 'missing-key', '18:5', /image: media\/hero.jpg/],
  ['image: media/hero.jpg', 'image: a.jpg, thumbnail: b.jpg', 'needless-key', '18:45'],
  ['https://example.com', 'example.com', 'bad-link', '18:83', /`https:\/\/example.com`/],
  [', link: "https://example.com"', '', 'missing-key', '18:26', /link: https/],
  ['SHOP_NOW', 'SHOPNOW', 'unknown-choice', '18:121', /did you mean `SHOP_NOW`/],
  ['text: T', 'url_tags: ?a=b', 'bad-url-tags', '18:64', /`a=b`/],
]

describe('an error in a spec is reported once, with its place', () => {
  const faults = FAULTS.map(([from, to, code, place, hint]) => ({ from, to, code, place, hint }))

  it.each(faults)('$from → $to: $code', ({ from, to, code, place, hint }) => {
    const errors = read(change(from, to)).diagnostics.filter(({ severity }) => severity === 'error')
    const missing = code === 'unknown-key' ? errors.filter((error) => error.code !== 'missing-key') : errors
    expect(missing.map((error) => `${error.code} ${error.line}:${error.column}`)).toEqual([`${code} ${place}`])
    if (hint !== undefined) expect(missing[0]!.hint).toMatch(hint)
    expect(read(change(from, to)).launches).toEqual([])
  })

  it('a lifetime budget needs an end', () => {
    const { diagnostics } = read(change('daily_budget: 500', 'lifetime_budget: 500').replace(/ {4}end.*\n/, ''))
    expect(diagnostics).toMatchObject([{ code: 'missing-key', line: 6, hint: 'for example `end: 2026-12-15 23:59`' }])
  })

  it('names are unique within their parent, keys within the file', () => {
    const adset = SPEC.slice(SPEC.indexOf('  - key: women'), SPEC.indexOf('ads:\n'))
    const codes = (text: string) => read(text).diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))
    expect(codes(change('ads:\n', `${adset.replace('key: women', 'key: men')}ads:\n`))).toEqual(['duplicate-name'])
    expect(codes(change('ads:\n', `${adset.replace('Women', 'Men')}ads:\n`))).toEqual(['duplicate-name'])
    const ad = SPEC.slice(SPEC.indexOf('  - key: hero'))
    expect(codes(SPEC + ad.replace('key: hero', 'key: other'))).toEqual(['duplicate-name'])
    expect(codes(SPEC + ad.replace('key: hero', 'key: other').replace('name: Hero', 'name: Other'))).toEqual([])
  })

  it('a special ad category needs countries, which may be those of the ad sets', () => {
    const special = change('special_ad_categories: []', 'special_ad_categories: [CREDIT]')
    expect(read(special).diagnostics).toEqual([])
    const elsewhere = special.replace('countries: [TR]', 'cities: [{ key: 1 }]')
    expect(read(elsewhere).diagnostics).toMatchObject([{ code: 'missing-key', line: 4 }])
    expect(read(elsewhere.replace('[CREDIT]', '[CREDIT], special_ad_category_country: [TR]')).diagnostics).toEqual([])
  })

  it('an ad set without ads has a warning', () => {
    const adset = SPEC.slice(SPEC.indexOf('  - key: women'), SPEC.indexOf('ads:\n'))
    const text = change('ads:\n', `${adset.replace('key: women', 'key: men').replace('Women', 'Men')}ads:\n`)
    expect(read(text).diagnostics).toMatchObject([{ code: 'no-ads', severity: 'warning', line: 14 }])
  })

  it('keys and names of campaigns are unique over all files', () => {
    const both = (other: string) =>
      loadLaunches(
        ['a', 'b'].map((name) => ({ path: `specs/${name}.yaml`, text: name === 'a' ? SPEC : other })),
        SETTINGS,
      )
    expect(both(SPEC).diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'specs/b.yaml duplicate-id',
      'specs/b.yaml duplicate-name',
    ])
    expect(both(SPEC.replace('summer-sale', 'other')).diagnostics).toMatchObject([{ code: 'duplicate-name', line: 4 }])
    expect(both(SPEC.replace('summer-sale', 'other').replace('TR | Summer', 'X')).launches).toHaveLength(2)
    expect([...both('launch: broken').keys]).toEqual([
      ['summer-sale', 'moda-tr'],
      ['broken', null],
    ])
  })

  it('missing files are reported at the line that names them', () => {
    const { diagnostics } = read(SPEC, SETTINGS, { hasFile: (path: string) => path !== 'specs/media/hero.jpg' })
    expect(diagnostics).toMatchObject([{ code: 'missing-media', line: 18, column: 38 }])
  })

  it('all errors of a file are shown at once', async () => {
    const file = join(import.meta.dirname, 'fixtures', 'many-faults.bad.yaml')
    const text = readFileSync(file, 'utf8')
    const { diagnostics } = loadLaunches([{ path: 'many-faults.bad.yaml', text }], SETTINGS)
    const rendered = renderDiagnostics(diagnostics, { textOf: () => text, colour: false })
    await expect(`${rendered}\n`).toMatchFileSnapshot(file.replace(/yaml$/, 'txt'))
  })
})

describe('the account’s ceiling', () => {
  const at = (text: string, options = {}) => read(text, SETTINGS, options).diagnostics.map(({ code, line }) => [code, line])

  it('limits what the ad sets may spend per day', () => {
    expect(at(change('500 TRY', '15000 TRY'))).toEqual([])
    expect(at(change('500 TRY', '15000.01 TRY'))).toEqual([['above-ceiling', 8]])
  })

  it('is compared with a lifetime budget divided by its days', () => {
    const lifetime = (amount: string) => change('daily_budget: 500 TRY', `lifetime_budget: ${amount}`)
    expect(at(lifetime('200000 TRY'))).toEqual([])
    expect(at(lifetime('300000 TRY'))).toEqual([['above-ceiling', 8]])
    const atOnce = lifetime('300000 TRY').replace(/ {4}start.*\n/, '')
    expect(at(atOnce)).toEqual([])
    expect(at(atOnce, { now: Date.UTC(2026, 11, 1) })).toEqual([['above-ceiling', 8]])
  })

  it('is required to set anything active', () => {
    const us = SPEC.replace('moda-tr', 'moda-us').replace('500 TRY', '500 USD')
    expect(at(us)).toEqual([])
    expect(at(us.replace('paused', 'active'))).toEqual([['no-ceiling', 3]])
    expect(at(change('paused', 'active'))).toEqual([])
  })
})

it.each([
  ['', 'empty'],
  ['# nothing\n', 'empty'],
  ['- launch: a', 'wrong-type'],
  ['launch', 'wrong-type'],
  ['launch: a\n\tb: c', 'yaml-tab'],
])('a file with %j is not a launch spec', (text, code) => {
  expect(read(text)).toMatchObject({ launches: [], diagnostics: [{ code }] })
})
