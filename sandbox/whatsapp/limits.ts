/** Rate limits of messages: 80 per second from the number, and one per six seconds to the same person after a burst of 45. */

import { whatsappError } from './errors.js'

const A_SECOND = 80
const BURST = 45
const PAIR_MS = 6_000

export class MessageLimits {
  #sent: number[] = []
  readonly #pairs = new Map<string, { tokens: number; at: number }>()

  /** @throws GraphError 130429 or 131056 */
  take(person: string, now: number): void {
    this.#sent = this.#sent.filter((at) => at > now - 1000)
    if (this.#sent.length >= A_SECOND) throw whatsappError(130429, 'Cloud API message throughput has been reached.')
    const pair = this.#pairs.get(person) ?? { tokens: BURST, at: now }
    const tokens = Math.min(BURST, pair.tokens + Math.max(0, now - pair.at) / PAIR_MS)
    if (tokens < 1) {
      throw whatsappError(
        131056,
        'Too many messages sent from this phone number to the same phone number in a short period of time.',
      )
    }
    this.#pairs.set(person, { tokens: tokens - 1, at: now })
    this.#sent.push(now)
  }
}
