/** This installation and who is signed in to it. Conventions as in `../tables.ts`. */

/** One row, made with the store: it distinguishes this project's work at Temporal, and its cookie, from another project's. */
export interface InstallationTable {
  /** Eight hexadecimal digits; empty for a store that was in use before there were such ids. */
  id: string
}

/** A session that was signed out before its time. */
export interface EndedSessionTable {
  /** SHA-256 of the session's cookie, hex. */
  session: string
  /** When the session would have ended by itself: nobody needs the row afterwards. */
  until: number
}

/** What a part last reported of itself. */
export interface HealthTable {
  /** `worker`, `rules`, or `tick:<account>`. */
  subject: string
  at: number
  /** What is wrong, in a sentence; null for nothing. */
  fault: string | null
}
