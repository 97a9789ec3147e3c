/** Each refusal of Meta, and each fault that the sandbox can play, must lead to the error that describes what really happened. */

import { describe, expect, it } from 'vitest'

import { IDENTITY } from '../sandbox/base/identity.js'
import { ACCOUNT, activeAdset, control, days, failure, meta, timeoutsFor } from '../test/support/connector-sandbox.js'
import type { ConnectorError } from './connector-error.js'

describe('Meta’s refusals', () => {
  it('of a wrong token, a wrong proof and a missing object have the right kind of error', async () => {
    expect(await failure(meta('wrong').readAccount(ACCOUNT))).toMatchObject({
      kind: 'authentication',
      code: 190,
      retryable: false,
    })
    expect(await failure(meta(IDENTITY.expiredToken).readAccount(ACCOUNT))).toMatchObject({
      kind: 'authentication',
      subcode: 463,
    })
    expect(await failure(meta(IDENTITY.token, 'wrong').readAccount(ACCOUNT))).toMatchObject({
      kind: 'invalid-request',
      code: 100,
    })
    expect(await failure(meta().readEntity('adset', '999'))).toMatchObject({ kind: 'not-found', code: 100, subcode: 33 })
  })
})

describe('with a fault switched on', () => {
  const play = (fault: object) => control('PUT', 'faults', [fault])

  it.each([
    [{ kind: 'http-500' }, { kind: 'temporarily-unavailable', retryable: true }],
    [{ kind: 'timeout-before-write' }, { kind: 'timed-out', retryable: true }],
    [{ kind: 'timeout-after-write' }, { kind: 'timed-out', retryable: true }],
    [{ kind: 'connection-reset' }, { kind: 'temporarily-unavailable', retryable: true }],
    [{ kind: 'malformed-json' }, { kind: 'unexpected-answer', reason: 'not-json', retryable: false }],
    [
      { kind: 'slow', delay: 5_000 },
      { kind: 'timed-out', retryable: true },
    ],
    [{ kind: 'token-expired' }, { kind: 'authentication', subcode: 463, retryable: false }],
    [
      { kind: 'rate-limit', code: 4 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 17, subcode: 2446079 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 80004, subcode: 2446079 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 613, subcode: 1487742 },
      { kind: 'rate-limited', retryable: true },
    ],
  ])('a read ends as expected: %o', async (fault, expected) => {
    await play(fault)
    const client = meta(IDENTITY.token, IDENTITY.appSecret, timeoutsFor(fault))
    expect(await failure(client.readAccount(ACCOUNT))).toMatchObject({ ...expected, mayHaveBeenCarriedOut: false })
  })

  it.each([
    [{ kind: 'timeout-before-write' }, 'unknown-outcome', true, false],
    [{ kind: 'timeout-after-write' }, 'unknown-outcome', true, true],
    [{ kind: 'connection-reset' }, 'unknown-outcome', true, false],
    [{ kind: 'connection-reset', when: 'after' }, 'unknown-outcome', true, true],
    [{ kind: 'malformed-json' }, 'unknown-outcome', true, true],
    [{ kind: 'slow', delay: 5_000 }, 'unknown-outcome', true, true],
    [{ kind: 'http-500' }, 'temporarily-unavailable', true, false],
    [{ kind: 'token-expired' }, 'authentication', false, false],
    [{ kind: 'rate-limit', code: 17, subcode: 2446079 }, 'rate-limited', false, false],
    [{ kind: 'rate-limit', code: 613, subcode: 1487632 }, 'rate-limited', false, false],
  ])('a change ends as expected, and the error says whether it may have been made: %o', async (fault, kind, mayBeDone, done) => {
    const { id } = await activeAdset()
    await play({ ...fault, match: { method: 'POST' } })
    const client = meta(IDENTITY.token, IDENTITY.appSecret, timeoutsFor(fault))
    expect(await failure(client.updateStatus(id, 'PAUSED'))).toMatchObject({ kind, mayHaveBeenCarriedOut: mayBeDone })
    await play({ kind: 'http-500', match: { times: 0 } })
    expect((await meta().readEntity('adset', id)).status).toBe(done ? 'PAUSED' : 'ACTIVE')
    await meta().updateStatus(id, 'ACTIVE')
  })

  it.each([
    [{ kind: 'too-much-data' }, 'too-much-data', { code: 100, subcode: 1487534 }],
    [{ kind: 'too-much-data', code: 2, subcode: 1504038 }, 'too-much-data', { code: 2, subcode: 1504038 }],
    [{ kind: 'page-too-large', rows: 100 }, 'page-too-large', { code: 1, subcode: null }],
  ])('insights that are too large give an error that says what to request instead: %o', async (fault, kind, codes) => {
    await play({ ...fault, match: { path: '/insights' } })
    const asked = meta().readInsights(days('2026-11-10', '2026-11-12'), { page: 200 })
    expect(await failure(asked)).toMatchObject({ kind, ...codes })
  })

  it.each([
    [{}, 'report-failed', { code: -2, subcode: 2490547 }],
    [{ code: -3, subcode: 1504045 }, 'too-much-data', { code: -3, subcode: 1504045 }],
  ])('a report that failed at Meta gives an error: %o', async (fault, kind, codes) => {
    await play({ kind: 'report-failed', ...fault, match: {} })
    const client = meta()
    const report = await client.startInsightsReport(days('2026-11-10', '2026-11-12'))
    const polls: (ConnectorError | null)[] = []
    for (let poll = 0; poll < 3; poll++) polls.push(await failure(client.pollReport(report, days('2026-11-10', '2026-11-12'))))
    expect(polls.map((error) => error?.kind)).toEqual(['not-ready', 'not-ready', kind])
    expect(polls.at(-1)).toMatchObject(codes)
  })
})
