/** What tetik says of a launch that did not end as it should, in Turkish and English. */

import type { Language } from '../text/value-text.js'
import { textBody } from './whatsapp-text.js'

export interface LaunchMessage {
  readonly launch: string
  readonly end: 'refused' | 'failed' | 'stopped' | 'rolled-back'
  /** State of what it made: `unsure` if something may be active that should not. */
  readonly left: 'nothing' | 'paused' | 'unsure'
  /** Whole sentences. */
  readonly note: string
}

const ENDS: Readonly<Record<Language, Readonly<Record<LaunchMessage['end'], string>>>> = {
  en: {
    refused: 'was not carried out',
    failed: 'could not be finished',
    stopped: 'was stopped',
    'rolled-back': 'could not be finished, and what it had made was deleted again',
  },
  tr: {
    refused: 'gerçekleştirilmedi',
    failed: 'tamamlanamadı',
    stopped: 'durduruldu',
    'rolled-back': 'tamamlanamadı; oluşturdukları yeniden silindi',
  },
}

const LEFT: Readonly<Record<Language, Readonly<Record<LaunchMessage['left'], string>>>> = {
  en: {
    nothing: '',
    paused: ' What it made is left paused.',
    unsure: ' Something that it made may be active: please look in Ads Manager.',
  },
  tr: {
    nothing: '',
    paused: ' Oluşturdukları duraklatılmış durumda.',
    unsure: ' Oluşturduklarından biri etkin olabilir: lütfen Reklam Yöneticisi’nde bakın.',
  },
}

/** A sentence of tetik's own, within WhatsApp's limit. */
export function launchMessage({ launch, end, left, note }: LaunchMessage, language: Language): string {
  const lead = language === 'tr' ? `“${launch}” yayını` : `The launch ${launch}`
  return textBody(`${lead} ${ENDS[language][end]}.${LEFT[language][left]} ${note}`)
}
