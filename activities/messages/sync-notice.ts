/** Notifies the owner that an account cannot be read: once, until it could be read again. */

import { HOUR } from '../../engine/clock/zone.js'
import type { Language } from '../../engine/text/value-text.js'
import { lastFailedSync, lastGoodSync, type SyncKind } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageActivities } from './contract.js'
import { writeNotice } from './notice.js'

/** Temporary errors are reported if they last longer than this, in milliseconds. */
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

/** Follows the account's name in the ids of these messages. */
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
    // The id contains the last good sync: until there is a newer one, it is the same problem and is reported once.
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
