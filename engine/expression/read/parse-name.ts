/** Parses names with their owners and windows, `action("…")`, function calls, and the payload of an event. */

import type { Fault } from '../../diagnostic/fault.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Span } from '../syntax.js'
import { TokenCursor } from './cursor.js'
import { FUNCTIONS } from './functions.js'
import type { NameTree, Tree, Word } from './syntax-tree.js'
import type { Symbol, Token } from './tokens.js'
import { hintForWindowOfCall } from './window-of-call.js'
import { readWindow } from './window.js'

export const KEYWORDS = new Set(['and', 'or', 'not', 'between', 'in', 'matches', 'contains', 'offset', 'within'])

export abstract class NameParser extends TokenCursor {
  /** Whether a fault was found that breaks the line's structure: further ones would be unreliable. */
  private lost: boolean

  constructor(
    tokens: readonly Token[],
    readonly faults: Fault[],
  ) {
    super(tokens)
    this.lost = faults.length > 0
  }

  protected abstract expression(): Tree

  protected name(first: Token & { kind: 'word' }): Tree {
    if (first.text === 'payload' && this.isSymbol('.')) return this.payload(first)
    let owner: Word | null = null
    let name = word(first)
    while (this.takeSymbol('.')) {
      const part = this.peek()
      if (part.kind !== 'word') {
        this.reportOnce('a name is missing after the point', part.kind === 'end' ? this.tokens[this.at - 1]!.span : part.span)
        return { kind: 'broken', span: this.since(first) }
      }
      this.next()
      if (owner !== null) {
        this.reportOnce('a name has only one owner', this.since(first), 'for example `campaign.daily_budget`')
        return { kind: 'broken', span: this.since(first) }
      }
      owner = name
      name = word(part)
    }
    let actionType: string | null = null
    if (this.isSymbol('(')) {
      if (name.text !== 'action') return this.call(first, owner, name)
      actionType = this.actionType(first)
      if (actionType === null) return { kind: 'broken', span: this.since(first) }
    }
    const window = this.isSymbol('[') ? this.window() : { window: null }
    return { kind: 'name', owner, name, actionType, ...window, span: this.since(first) }
  }

  /** A name in JSON can be any text, so one that is not a plain word is quoted: `payload."order-id"`. */
  private payload(first: Token): Tree {
    const path: string[] = []
    while (this.takeSymbol('.')) {
      const part = this.peek()
      if (part.kind !== 'word' && part.kind !== 'text') {
        const span = part.kind === 'end' ? this.tokens[this.at - 1]!.span : part.span
        this.reportOnce('a name is missing after the point', span, 'for example `payload.order.total`, or `payload."order-id"`')
        return { kind: 'broken', span: this.since(first) }
      }
      this.next()
      path.push(part.kind === 'word' ? part.text : part.value)
    }
    return { kind: 'payload', path, span: this.since(first) }
  }

  private call(first: Token, owner: Word | null, name: Word): Tree {
    const open = this.next()
    if (!FUNCTIONS.includes(name.text)) {
      const from = this.at
      this.skipBrackets('(', ')')
      const inside = this.tokens.slice(from, this.at).filter((token) => token.kind !== 'end')
      if (this.isSymbol('[')) {
        this.next()
        this.skipBrackets('[', ']')
      }
      const hint =
        hintForWindowOfCall(name.text, inside.slice(0, -1), this.since(open)) ??
        didYouMean(name.text, [...FUNCTIONS, 'action']) ??
        `there are ${FUNCTIONS.map((one) => `\`${one}\``).join(', ')}`
      this.faults.push({ code: 'unknown-function', message: `there is no function \`${name.text}\``, span: name.span, hint })
      return { kind: 'broken', span: this.since(first) }
    }
    const given: Tree[] = []
    if (!this.takeSymbol(')')) {
      do given.push(this.expression())
      while (this.takeSymbol(','))
      if (!this.takeSymbol(')')) this.reportOnce('the parenthesis is not closed', open.span)
    }
    if (this.isSymbol('[')) {
      const window = this.peek()
      this.window()
      const hint = `give it to the metric: \`${name.text}(spend[last_7d])\``
      this.reportOnce('a function takes no window', this.since(window), hint, 'needless-window')
    }
    let within: Word | null = null
    if (this.takeWord('within')) {
      const group = this.peek()
      if (group.kind === 'word') within = word(this.next() as Token & { kind: 'word' })
      else this.reportOnce('`within` needs a word', group.span, 'write `within campaign`')
    }
    return { kind: 'call', owner, name, arguments: given, within, span: this.since(first) }
  }

  /** Returns the argument of `action("…")`; null after reporting an invalid one. */
  private actionType(first: Token): string | null {
    const open = this.next()
    const argument = this.peek()
    if (argument.kind === 'text' && argument.value !== '') {
      this.next()
      if (!this.takeSymbol(')')) this.reportOnce('the parenthesis is not closed', open.span)
      return argument.value
    }
    this.skipBrackets('(', ')')
    if (this.isSymbol('[')) {
      this.next()
      this.skipBrackets('[', ']')
    }
    const hint = 'for example `action("offsite_conversion.custom.123")[7d]`'
    const span = this.since(first)
    this.faults.push({ code: 'syntax', message: '`action` needs one of Meta’s action types in quotes', span, hint })
    return null
  }

  private window(): Pick<NameTree, 'window' | 'meantWindow'> {
    const open = this.next()
    const from = this.at
    while (!this.isSymbol(']') && this.peek().kind !== 'end') this.next()
    const inside = this.tokens.slice(from, this.at)
    if (!this.takeSymbol(']')) {
      this.reportOnce(
        'the window is not closed',
        { start: open.span.start, end: this.tokens.at(-1)!.span.end },
        'write `]` after it',
      )
      return { window: 'broken' }
    }
    const { window, meant, faults } = readWindow(inside, this.since(open))
    this.faults.push(...faults)
    if (window !== null) return { window }
    return meant === null ? { window: 'broken' } : { window: 'broken', meantWindow: meant }
  }

  /** Moves past the matching closing bracket; the opening one has been taken. */
  private skipBrackets(open: Symbol, close: Symbol): void {
    let depth = 1
    while (depth > 0 && this.peek().kind !== 'end') {
      if (this.isSymbol(open)) depth++
      if (this.isSymbol(close)) depth--
      this.next()
    }
  }

  /** Reports a fault that breaks the line's structure, unless one was reported before. */
  protected reportOnce(message: string, span: Span, hint?: string, code = 'syntax'): void {
    if (this.lost) return
    this.lost = true
    this.faults.push({ code, message, span, ...(hint === undefined ? {} : { hint }) })
  }
}

export const word = (token: Token & { kind: 'word' }): Word => ({ text: token.text, span: token.span })
