/** Telling the owner that an account cannot be read: once, until it could be read again. */

import { HOUR } from '../../engine/clock/zone.js'
import type { Language } from '../../engine/text/value-text.js'
import { lastFailedSync, lastGoodSync, type SyncKind } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageActivities } from './contract.js'
import { writeNotice } from './notice.js'

/** Troubles that pass by themselves are told of when they last longer than this, milliseconds. */
const PATIENCE = HOUR
const PASSING = new Set([
  'rate-limited',
  'temporarily-unavailable',
  'unreachable',
  'timed-out',
  'not-ready',
  'Timeout',
  'cancelled',
])

/** In the ids of these messages, after the account. */
export const SYNC_NOTICE = 'sync'

export const composeSyncNotice =
  (dependencies: ActivityDependencies): MessageActivities['composeSyncNotice'] =>
  async ({ account, error }) => {
    const { store, now } = dependencies
    const failed = await lastFailedSync(store, account)
    const kind = (failed?.kind ?? 'structure') as SyncKind
    const good = await lastGoodSync(store, account, kind)
    const passes = PASSING.has(error.type) && now() - (good?.finished_at ?? failed?.started_at ?? now()) < PATIENCE
    if (passes) return { send: null, note: 'It may pass by itself: nobody is told yet.' }
    // The last good sync names the trouble: while there is no newer one, it is the same trouble, told once.
    const text = (language: Language): string =>
      language === 'tr'
        ? `tetik, ${account} hesabını Meta’dan okuyamıyor. ${error.message} Okuyana dek sayılara dayanan kurallar bir şey yapmaz.`
        : `tetik cannot read ${account} from Meta. ${error.message} Until it can, rules that rest on numbers do nothing.`
    return await writeNotice(dependencies, {
      id: `${account}-${SYNC_NOTICE}-${kind}-${good?.id ?? 0}`,
      account,
      decision: null,
      text,
    })
  }
