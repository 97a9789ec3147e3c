/** The message about a launch that was not completed, in Turkish and English. */

import type { Language } from '../text/value-text.js'
import { textBody } from './whatsapp-text.js'

export interface LaunchMessage {
  readonly launch: string
  readonly end: 'refused' | 'failed' | 'stopped' | 'rolled-back'
  /**
   * The state of what it created. `changed-since`: all is paused but what somebody changed afterwards. `unsure`: something may be active
   * that should be paused.
   */
  readonly left: 'nothing' | 'paused' | 'changed-since' | 'unsure'
  /** Complete sentences. */
  readonly note: string
}

const ENDS: Readonly<Record<Language, Readonly<Record<LaunchMessage['end'], string>>>> = {
  en: {
    refused: 'was not carried out',
    failed: 'could not be completed',
    stopped: 'was stopped',
    'rolled-back': 'could not be completed, and what it had created was deleted again',
  },
  tr: {
    refused: 'gerçekleştirilmedi',
    failed: 'tamamlanamadı',
    stopped: 'durduruldu',
    'rolled-back': 'tamamlanamadı ve oluşturdukları silindi',
  },
}

const LEFT: Readonly<Record<Language, Readonly<Record<LaunchMessage['left'], string>>>> = {
  en: {
    nothing: '',
    paused: ' Everything it created is paused.',
    'changed-since': ' Everything it created is paused, except what was changed since.',
    unsure: ' Something that it created may be active: please check in Ads Manager.',
  },
  tr: {
    nothing: '',
    paused: ' Oluşturdukları duraklatılmış durumda.',
    'changed-since': ' Sonradan değiştirilenler dışında, oluşturdukları duraklatılmış durumda.',
    unsure: ' Oluşturduklarından biri etkin olabilir: lütfen Reklam Yöneticisi’nde kontrol edin.',
  },
}

/** Returns the message, shortened to WhatsApp's limit. */
export function launchMessage({ launch, end, left, note }: LaunchMessage, language: Language): string {
  const lead = language === 'tr' ? `“${launch}” yayını` : `The launch ${launch}`
  return textBody(`${lead} ${ENDS[language][end]}.${LEFT[language][left]} ${note}`)
}
