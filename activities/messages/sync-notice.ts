/** Telling the owner that an account cannot be read: once, until it could be read again. */

import { HOUR } from '../../engine/clock/zone.js'
import type { Language } from '../../engine/text/value-text.js'
import { lastFailedSync, lastGoodSync, type SyncKind } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageActivities } from './contract.js'
import { writeNotice } from './notice.js'

/** Temporary faults are reported when they last longer than this, milliseconds. */
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
    if (passes) return { send: null, note: 'It may pass by itself: nobody is notified yet.' }
    // The last good sync identifies the fault: while there is no newer one, it is the same fault, reported once.
    const text = (language: Language): string =>
      language === 'tr'
        ? `tetik, ${account} hesabını Meta’dan okuyamıyor. ${error.message} Veriler yeniden okunana kadar metriklere dayanan kurallar çalışmaz.`
        : `tetik cannot read ${account} from Meta. ${error.message} Until it can, rules that use metrics do nothing.`
    return await writeNotice(dependencies, {
      id: `${account}-${SYNC_NOTICE}-${kind}-${good?.id ?? 0}`,
      account,
      decision: null,
      text,
    })
  }
