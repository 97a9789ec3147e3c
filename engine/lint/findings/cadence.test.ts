import { describe, expect, it } from 'vitest'

import { lintText, NOW, settingsOf } from '../../../test/support/lint-rules.js'

const settingsIn = (zone: string) =>
  settingsOf(
    `accounts:\n  - { name: here, id: act_1, currency: TRY, timezone: ${zone}, targets: { target_cpa: 9 TRY, monthly_budget: 900 TRY } }\n`,
  )

const found = (code: string, zone: string, ...lines: readonly string[]) =>
  lintText(['rules:', '  - id: r', '    scope: adset', ...lines.map((line) => `    ${line}`)].join('\n'), {
    settings: settingsIn(zone),
    now: NOW,
  })
    .diagnostics.filter((diagnostic) => diagnostic.code === code)
    .map(({ line, message }) => `${line} ${message}`)

describe('a change of the clock', () => {
  const at = (zone: string, ...lines: readonly string[]) => found('summer-time', zone, ...lines)

  it('is reported with its day, once for a skipped time and once for a repeated one', () => {
    expect(at('America/New_York', 'at: "02:30"')).toEqual([
      '4 there is no 02:30 on 2027-03-14 in America/New_York: the rule runs right after the gap, at 03:00',
    ])
    expect(at('America/New_York', 'at: "01:30"')).toEqual([
      '4 01:30 comes twice on 2026-11-01 in America/New_York: the rule runs only at the first',
    ])
    expect(at('Europe/London', 'at: ["09:00", "01:15"]')).toEqual([
      '4 there is no 01:15 on 2026-03-29 in Europe/London: the rule runs right after the gap, at 02:00',
      '4 01:15 comes twice on 2026-10-25 in Europe/London: the rule runs only at the first',
    ])
  })

  it('skips the first minute of the gap, but not the minute at which it ends', () => {
    expect(at('America/New_York', 'at: "02:00"')).toHaveLength(1)
    expect(at('America/New_York', 'at: "03:00"')).toHaveLength(0)
    expect(at('America/New_York', 'at: "01:00"')).toHaveLength(1)
    expect(at('America/New_York', 'at: "00:59"')).toHaveLength(0)
  })

  it('is reported at midnight as well', () => {
    expect(at('America/Santiago', 'at: "00:30"')).toEqual([
      expect.stringContaining('there is no 00:30 on 2026-09-06 in America/Santiago') as string,
    ])
    expect(at('America/Santiago', 'at: "23:30"')).toEqual([expect.stringContaining('23:30 comes twice on 2026-04-04') as string])
  })

  it('is that of the rule’s `timezone:` if it has one', () => {
    expect(at('Europe/Istanbul', 'at: "02:30"', 'timezone: America/New_York')).toHaveLength(1)
    expect(at('America/New_York', 'at: "02:30"', 'timezone: Europe/Istanbul')).toHaveLength(0)
  })

  it.each(['Europe/Istanbul', 'Asia/Kathmandu', 'Pacific/Apia'])('does not occur in %s', (zone) => {
    for (let hour = 0; hour < 24; hour++) expect(at(zone, `at: "${String(hour).padStart(2, '0')}:30"`)).toEqual([])
  })

  it('is reported for a cron that is due then, but not for one that runs every hour', () => {
    expect(at('America/New_York', 'cron: "30 2 * * *"')).toHaveLength(1)
    expect(at('America/New_York', 'cron: "30 2 * * 0"')).toHaveLength(1)
    expect(at('America/New_York', 'cron: "30 2 * * 1-5"')).toEqual([])
    expect(at('America/New_York', 'cron: "30 2 1 6 *"')).toEqual([])
    expect(at('America/New_York', 'cron: "0 * * * *"')).toEqual([])
    expect(at('America/New_York', 'cron: "*/15 * * * *"')).toEqual([])
    expect(at('America/New_York', 'cron: "0 2,14 * * *"')).toHaveLength(1)
  })

  it('is reported for `wait: until`', () => {
    expect(at('America/New_York', 'when: spend[today] > 9', 'then: [pause, wait: until 02:30, start]')).toEqual([
      '5 there is no 02:30 on 2027-03-14 in America/New_York: the wait ends right after the gap, at 03:00',
    ])
  })
})

describe('a rule that runs many times a day', () => {
  const often = (...lines: readonly string[]) => found('runs-too-often', 'Europe/Istanbul', ...lines)

  it.each([
    [['every: 30m', 'when: cpa[last_3d] > 5']],
    [['every: 1h', 'when: ["cpa[last_3d] > target_cpa", "spend[7d offset 1d] > 3", "weekday != sunday"]']],
    [['cron: "0 * * * *"', 'when: spend[yesterday] > 5']],
    [['at: ["01:00", "02:00", "03:00", "04:00", "05:00"]', 'when: spend[last_month] > 5']],
    [['every: 1h', 'where: delivering', 'when: spend[this_month offset 31d] > 5']],
  ])('on days that have ended is reported: %j', (lines) => {
    expect(often(...lines)).toHaveLength(1)
  })

  it.each([
    [['when: cpa[last_3d] > 5']],
    [['every: 6h', 'when: cpa[last_3d] > 5']],
    [['at: "09:00"', 'when: cpa[last_3d] > 5']],
    [['on: shop-order', 'when: cpa[last_3d] > 5']],
    [['every: 30m', 'when: ["cpa[last_3d] > 5", "spend[today] > 3"]']],
    [['every: 30m', 'when: ["cpa[last_3d] > 5", "hour > 3"]']],
    [['every: 30m', 'when: ["cpa[last_3d] > 5", "age > 3d"]']],
    [['every: 30m', 'when: cpa[3d] > 5']],
    [['every: 30m', 'when: spend[6h] > 5']],
    [['every: 30m', 'where: spend[today] > 3', 'when: cpa[last_3d] > 5']],
    [['every: 30m', 'when: spend[maximum] > 5']],
    [['every: 30m', 'when: delivering']],
    [['every: 30m', 'when: "forecast(spend, this_month) > monthly_budget"']],
  ])('and sees new data is not reported: %j', (lines) => {
    expect(often(...lines)).toEqual([])
  })
})
