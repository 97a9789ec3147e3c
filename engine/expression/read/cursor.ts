import type { Span } from '../syntax.js'
import type { Symbol, Token } from './tokens.js'

/** A position in a line's tokens. It never moves past the last one, which marks the end. */
export class TokenCursor {
  protected at = 0

  constructor(protected readonly tokens: readonly Token[]) {}

  protected peek(): Token {
    return this.tokens[this.at]!
  }

  /** Returns the current token and moves to the next one; at the end it stays. */
  protected next(): Token {
    const token = this.tokens[this.at]!
    if (this.at < this.tokens.length - 1) this.at++
    return token
  }

  protected isSymbol(text: Symbol): boolean {
    const token = this.peek()
    return token.kind === 'symbol' && token.text === text
  }

  protected takeSymbol(text: Symbol): boolean {
    if (!this.isSymbol(text)) return false
    this.next()
    return true
  }

  protected takeWord(text: string): boolean {
    const token = this.peek()
    if (token.kind !== 'word' || token.text !== text) return false
    this.next()
    return true
  }

  protected since(first: { readonly span: Span }): Span {
    return { start: first.span.start, end: Math.max(first.span.end, this.tokens[this.at - 1]?.span.end ?? 0) }
  }
}
