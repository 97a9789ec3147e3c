/** Notifies the owners of accounts whose rules were removed, so that a deleted file does not go unnoticed. */

import { createHash } from 'node:crypto'

import { writeNotice } from '../../activities/messages/notice.js'
import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Settings } from '../../engine/account/account.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Language } from '../../engine/text/value-text.js'
import type { Store } from '../../store/base/store.js'
import { MESSAGE_WAITS } from '../../temporal.config.js'
import type { TetikClient } from '../temporal/connection.js'
import { startMessage } from '../temporal/start-message.js'

export async function tellOfGoneRules(
  { store, temporal, now }: { readonly store: Store; readonly temporal: TetikClient; readonly now: () => number },
  settings: Settings,
  gone: readonly Rule[],
): Promise<void> {
  for (const { name: account } of settings.accounts) {
    const rules = rulesOfAccount(gone, settings, account)
    if (rules.length === 0) continue
    const at = now()
    const key = createHash('sha256')
      .update(JSON.stringify([rules.map(({ id, version }) => [id, version]), at]))
      .digest('hex')
    const composed = await writeNotice(
      { store, settings: () => settings, now, messageWaits: MESSAGE_WAITS },
      { id: `${account}-gone-${key.slice(0, 10)}`, account, decision: null, text: (language) => goneText(rules, language) },
    )
    if (composed.send === null) continue
    await startMessage(temporal, composed.send)
  }
}

function goneText(rules: readonly Rule[], language: Language): string {
  const names = rules.map(({ id, file }) => `${id} (${file})`).join(', ')
  return language === 'tr'
    ? `Şu kurallar kaldırıldı ve artık çalışmıyor: ${names}.`
    : `These rules were removed and no longer run: ${names}.`
}
