/**
 * A Pratt parser for one line of the language. Of the faults that break a line's structure it reports only the first (`reportOnce`),
 * because the rest of the line cannot be read reliably after it. Faults that leave the structure clear (an unknown function, a bad
 * window, an empty list) are all reported. `check.ts` checks names and units.
 */

import type { Fault } from '../../diagnostic/fault.js'
import { currencyMeant, unitNamed } from './literal.js'
import { KEYWORDS, NameParser, word } from './parse-name.js'
import type { ComparisonTree, Tree } from './syntax-tree.js'
import { type Symbol, type Token, tokenize } from './tokens.js'

/** Longer than any line that a person writes, even a list of 300 ids. */
export const LONGEST_LINE = 10_000
/** Deeper than any expression that a person writes. Evaluation is recursive, so the depth must be limited. */
const DEEPEST_TREE = 100

/** How strongly an operator binds. */
const POWER: Partial<Record<Symbol, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 }
/** A sign binds more strongly than any operator: `-a * b` is `(-a) * b`. */
const SIGN_POWER = 2

/** How many characters are marked of a line that is not parsed at all. */
const MARKED = 60

export interface ParseResult<T> {
  readonly tree: T
  readonly faults: readonly Fault[]
}

export function parseComparisonTree(source: string): ParseResult<ComparisonTree> {
  return parse(
    source,
    (parser) => parser.comparison(),
    (tree) => ({ kind: 'holds', subject: tree }),
  )
}

export function parseExpressionTree(source: string): ParseResult<Tree> {
  return parse(
    source,
    (parser) => parser.wholeExpression(),
    (tree) => tree,
  )
}

/** @param wrap turns the tree of a line that is not parsed into a result */
function parse<T>(source: string, read: (parser: Parser) => T, wrap: (tree: Tree) => T): ParseResult<T> {
  const span = { start: 0, end: Math.min(source.length, MARKED) }
  if (source.length > LONGEST_LINE) {
    const message = `the line has ${source.length} characters; the limit is ${LONGEST_LINE}`
    return { tree: wrap({ kind: 'broken', span }), faults: [{ code: 'too-long', message, span }] }
  }
  const { tokens, faults } = tokenize(source)
  if (tokens.length === 1 && faults.length === 0) {
    const fault = { code: 'empty', message: 'there is nothing here', span: { start: 0, end: source.length } }
    return { tree: wrap({ kind: 'broken', span }), faults: [fault] }
  }
  const parser = new Parser(tokens, [...faults])
  return { tree: read(parser), faults: parser.faults }
}

class Parser extends NameParser {
  private depth = 0

  comparison(): ComparisonTree {
    const subject = this.expression()
    const comparison = this.predicate(subject)
    this.end(comparison.kind === 'compare')
    return comparison
  }

  wholeExpression(): Tree {
    const tree = this.expression()
    this.end(false)
    return tree
  }

  private predicate(subject: Tree): ComparisonTree {
    const token = this.peek()
    if (token.kind === 'compare') {
      this.next()
      return { kind: 'compare', operator: token.operator, operatorSpan: token.span, left: subject, right: this.expression() }
    }
    if (this.takeWord('between')) {
      const low = this.expression()
      if (!this.takeWord('and'))
        this.reportOnce('`between` needs `and` and a second bound', this.peek().span, 'for example `hour between 9 and 17`')
      return { kind: 'between', subject, low, high: this.expression() }
    }
    if (this.takeWord('in')) return { kind: 'in', subject, items: this.items() }
    for (const kind of ['matches', 'contains'] as const) {
      if (!this.takeWord(kind)) continue
      const text = this.peek()
      const isWord = text.kind === 'word' && this.tokens[this.at + 1]?.kind === 'end'
      if (text.kind === 'text' || isWord) this.next()
      else
        this.reportOnce(
          `\`${kind}\` needs text in quotes`,
          text.span,
          `for example \`name ${kind} "TR${kind === 'matches' ? ' | *' : ''}"\``,
        )
      const value = text.kind === 'text' ? text.value : ''
      // A single bare word may be an input of a blueprint; `check.ts` looks it up.
      return { kind, subject, text: value, input: isWord ? word(text) : null }
    }
    return { kind: 'holds', subject }
  }

  private items(): readonly Tree[] {
    const open = this.peek()
    const items: Tree[] = []
    if (!this.takeSymbol('[')) {
      this.reportOnce('`in` needs a list', open.span, 'for example `weekday in [saturday, sunday]`')
      return items
    }
    if (this.takeSymbol(']')) {
      this.faults.push({ code: 'syntax', message: 'the list is empty', span: this.since(open) })
      return items
    }
    do items.push(this.expression())
    while (this.takeSymbol(','))
    if (!this.takeSymbol(']'))
      this.reportOnce('the list is not closed', this.peek().span, 'items are separated by `,`, and `]` ends the list')
    return items
  }

  private end(afterComparison: boolean): void {
    const token = this.peek()
    if (token.kind === 'end') return
    const span = { start: token.span.start, end: this.tokens.at(-1)!.span.start }
    if (token.kind === 'word' && (token.text === 'and' || token.text === 'or')) {
      const hint =
        token.text === 'and'
          ? 'write each comparison on its own line, in a list: all must be true'
          : 'write each comparison on its own line, in a list under `any:`'
      this.reportOnce(`\`${token.text}\` does not join comparisons`, token.span, hint, 'inline-logic')
    } else if (token.kind === 'word' && token.text === 'not') {
      this.reportOnce(
        '`not` is not allowed inside a comparison',
        token.span,
        'write `not:` in front of the condition',
        'inline-logic',
      )
    } else if (token.kind === 'compare' && afterComparison) {
      this.reportOnce(
        'a comparison has one operator',
        token.span,
        'for example `cpa[today] between 10 TRY and 50 TRY`',
        'chained-comparison',
      )
    } else if (token.kind === 'symbol' && token.text === ',') {
      this.reportOnce('a comma has no meaning here', span, 'numbers have a decimal point: `1234.56`')
    } else {
      this.reportOnce('this does not follow from the text before it', span)
    }
  }

  /** Parses an expression of operators that bind more strongly than `power`. */
  protected expression(power = 0): Tree {
    this.depth++
    let left = this.tooDeep() ? this.brokenHere() : this.operand()
    let chain = 0
    for (;;) {
      const token = this.peek()
      if (token.kind !== 'symbol') break
      const own = POWER[token.text]
      if (own === undefined || own <= power) break
      this.next()
      chain++
      // Operators are left-associative, so a chain of them makes a tree as deep as the chain is long.
      this.depth++
      if (this.tooDeep()) break
      const right = this.expression(own)
      left = {
        kind: 'arithmetic',
        operator: token.text as '+' | '-' | '*' | '/',
        left,
        right,
        span: { start: left.span.start, end: right.span.end },
      }
    }
    this.depth -= 1 + chain
    return left
  }

  private operand(): Tree {
    const token = this.peek()
    switch (token.kind) {
      case 'number':
        this.next()
        return this.number(token)
      case 'text':
        this.next()
        return { kind: 'text', value: token.value, span: token.span }
      case 'word':
        if (KEYWORDS.has(token.text)) break
        this.next()
        return isBeforeAmount(token.text, this.peek()) ? this.currencySign(token) : this.name(token)
      case 'symbol': {
        if (token.text === '-') {
          this.next()
          const operand = this.expression(SIGN_POWER)
          return { kind: 'negate', operand, span: { start: token.span.start, end: operand.span.end } }
        }
        if (token.text === '+') {
          this.next()
          this.reportOnce('a number has no `+` in front', token.span, 'leave it out')
          return this.expression(SIGN_POWER)
        }
        if (token.text === '%' && this.tokens[this.at + 1]?.kind === 'number') {
          this.next()
          const number = this.next() as Token & { kind: 'number' }
          this.reportOnce('`%` is written after its number', this.since(token), `did you mean \`${number.text}%\`?`)
          return { kind: 'percentage', text: number.text, span: this.since(token) }
        }
        if (token.text !== '(') break
        this.next()
        const inner = this.expression()
        if (!this.takeSymbol(')')) this.reportOnce('the parenthesis is not closed', token.span)
        return { ...inner, span: this.since(token) }
      }
      case 'compare':
      case 'end':
    }
    const previous = this.tokens[this.at - 1]
    const hint = token.kind === 'word' && token.text === 'not' ? 'write `not:` in front of the condition' : undefined
    this.reportOnce(
      token.kind === 'end' ? 'a value is missing at the end' : 'a value is missing here',
      token.kind === 'end' && previous !== undefined ? previous.span : token.span,
      hint,
    )
    return this.brokenHere()
  }

  private number(token: Token & { kind: 'number' }): Tree {
    if (this.takeSymbol('%')) return { kind: 'percentage', text: token.text, span: this.since(token) }
    const unit = this.peek()
    if (unit.kind === 'word' && !KEYWORDS.has(unit.text)) {
      this.next()
      // `1k TRY`: the currency after the unknown unit belongs to the same amount.
      const following = this.peek()
      const hasCurrency = unitNamed(unit.text) === null && following.kind === 'word' && currencyMeant(following.text) !== null
      if (hasCurrency) this.next()
      const text = hasCurrency ? `${unit.text} ${following.text}` : unit.text
      return {
        kind: 'number',
        text: token.text,
        value: token.value,
        unit: { text, span: this.since(unit) },
        span: this.since(token),
      }
    }
    return { kind: 'number', text: token.text, value: token.value, unit: null, span: token.span }
  }

  /** Reads `₺120` and `TRY 120`, which the check reports as an unknown unit. */
  private currencySign(sign: Token & { kind: 'word' }): Tree {
    const number = this.peek()
    if (number.kind !== 'number') {
      this.reportOnce('a value is missing here', sign.span)
      return { kind: 'broken', span: sign.span }
    }
    this.next()
    return { kind: 'number', text: number.text, value: number.value, unit: word(sign), span: this.since(sign) }
  }

  /** Whether the limit is exceeded. Then it reports that and skips the rest of the line. */
  private tooDeep(): boolean {
    if (this.depth <= DEEPEST_TREE) return false
    this.reportOnce('the expression is nested too deeply', this.peek().span, `${DEEPEST_TREE} levels are the limit`, 'too-deep')
    // Skips the rest of the line, so that all open levels return at once: its tokens have no place in the tree any more.
    this.at = this.tokens.length - 1
    return true
  }

  private brokenHere(): Tree {
    const { span } = this.peek()
    return { kind: 'broken', span: { start: span.start, end: span.start } }
  }
}

const isBeforeAmount = (word: string, next: Token): boolean =>
  /^\p{Sc}$/u.test(word) || (next.kind === 'number' && currencyMeant(word) !== null)
