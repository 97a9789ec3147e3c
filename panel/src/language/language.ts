import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import { en, type Words } from './en.js'
import { tr } from './tr.js'

export type Language = 'tr' | 'en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: Words }
  }
}

const STORED = 'tetik.language'

/** Returns the language chosen earlier in this browser; otherwise Turkish if the browser's is Turkish, else English. */
function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'tr' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('tr') ? 'tr' : 'en'
}

export function startLanguage(): void {
  const language = firstLanguage()
  document.documentElement.lang = language
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'words',
    resources: { en: { words: en }, tr: { words: tr } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  })
}

export const currentLanguage = (): Language => (i18next.language === 'tr' ? 'tr' : 'en')

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}
