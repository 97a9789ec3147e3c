/** The word that stops an account's rules on WhatsApp: `DUR` or `STOP`, alone or with the account's name. */

export interface StopWord {
  /** As written; null means every account that the sender may stop. */
  readonly account: string | null
}

/** Returns null for anything else. A sentence that merely contains the word (`stop sending me these`) does not stop the rules. */
export function readStopWord(text: string): StopWord | null {
  const match = /^\s*(?:dur|stop)(?:\s+([\p{L}\p{N}][\p{L}\p{N}_-]{0,63}))?\s*[.!]*\s*$/iu.exec(text.normalize('NFC'))
  return match === null ? null : { account: match[1] ?? null }
}
