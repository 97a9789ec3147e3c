/**
 * Turkish suffixes: for words by vowel harmony, for numbers by the word that they are read with (`%30’u`: otuz-u).
 *
 * Source: Türk Dil Kurumu, Yazım Kılavuzu, "Kesme işareti" (suffixes of numbers follow an apostrophe) and "Ünlü uyumları".
 */

const VOWELS = 'aıoueiöü'
const LAST_VOWEL = new RegExp(`[${VOWELS}](?=[^${VOWELS}]*$)`, 'i')
/** The narrow vowel that follows each vowel. */
const NARROW: Readonly<Record<string, string>> = { a: 'ı', ı: 'ı', e: 'i', i: 'i', o: 'u', u: 'u', ö: 'ü', ü: 'ü' }
const BACK = 'aıou'
/** k becomes ğ before a vowel in the words of the catalogue ("sıklık", "sıklığın"). */
const SOFTENED = /k$/
const HARD = /[fstkçşhp]$/i

/** Loanwords whose suffixes have front vowels in spite of their last vowel. */
const FRONT = /(saat|rol|kontrol)$/

const lastVowel = (word: string): string => (FRONT.test(word) ? 'e' : lastWritten(word))
const lastWritten = (word: string): string => LAST_VOWEL.exec(word.toLocaleLowerCase('tr-TR'))?.[0] ?? 'e'
const endsInVowel = (word: string): boolean => VOWELS.includes(word.slice(-1).toLocaleLowerCase('tr-TR'))

/** Whether a phrase ends in a Turkish word, which can take a suffix: not in a number, a quotation or an abbreviation. */
const canInflect = (text: string): boolean => /[a-zçğıöşü]$/.test(text) && !/\p{Lu}\p{Lu}\S*$/u.test(text)

/** "harcanan tutarın", "günlük bütçesinin"; what cannot take a suffix gets the word "değer": "ROAS değerinin". */
export function genitive(text: string): string {
  if (!canInflect(text)) return `${text} değerinin`
  const vowel = NARROW[lastVowel(text)]!
  if (endsInVowel(text)) return `${text}n${vowel}n`
  return `${text.replace(SOFTENED, 'ğ')}${vowel}n`
}

/** "alışverişten", "günden", "tıklamasından". */
export function ablative(text: string): string {
  if (!canInflect(text)) return `${text} değerinden`
  const vowel = BACK.includes(lastVowel(text)) ? 'a' : 'e'
  // Our words in a narrow vowel are possessives ("bağlantı tıklaması"), which take an n; "tıklama" does not.
  if (/[ıiuü]$/.test(text)) return `${text}nd${vowel}n`
  return `${text}${HARD.test(text) ? 't' : 'd'}${vowel}n`
}

const OF_DIGITS = ['ı', 'i', 'si', 'ü', 'ü', 'i', 'sı', 'si', 'i', 'u'] as const
const OF_TENS = ['ı', 'u', 'si', 'u', 'ı', 'si', 'ı', 'i', 'i', 'ı'] as const

/** A percentage with its possessive suffix, which follows the number as it is read: `%62,5’i`, `%96,7’si`, `%30’u`. */
export function possessive(percentage: string): string {
  const digits = percentage.replace(/\D/g, '')
  const [tens, ones] = [Number(digits.at(-2) ?? 0), Number(digits.at(-1))]
  const isRound = ones === 0 && !percentage.includes(',')
  // Read aloud: bin’i, yüz’ü, otuz’u, beş’i.
  const ofRound = digits.endsWith('000') ? 'i' : digits.endsWith('00') ? 'ü' : OF_TENS[tens]
  const suffix = isRound ? ofRound : OF_DIGITS[ones]
  return `${percentage}’${suffix}`
}
