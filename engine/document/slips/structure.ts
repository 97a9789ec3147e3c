/**
 * Finds mistakes in a file's structure: a missing colon or dash, wrong indentation. Reads line by line from the top, as a
 * person does.
 */

import type { Fault } from '../../diagnostic/fault.js'
import { hasDash, type Line, spanOf } from './line.js'

interface Block {
  readonly kind: 'map' | 'seq'
  readonly column: number
  readonly first: Line
  /** Its last key, or its last dash. */
  last: Line
  count: number
}

interface Judged {
  readonly fault: Fault | null
  /** Whether the line only continues the text of the line above. */
  readonly continues: boolean
}

const slip = (message: string, span: Fault['span'], hint: string): Fault => ({ code: 'yaml-syntax', message, span, hint })
const fault = (found: Fault): Judged => ({ fault: found, continues: false })

/** Checks one line after the other, each with the lines below it. */
export class Structure {
  private blocks: Block[] = []
  private before: Line | null = null
  /** The blocks that the previous line closed, outermost first. */
  private closed: readonly Block[] = []

  judge(line: Line, below: readonly Line[]): Judged {
    const { before, blocks: all } = this
    const [next] = below
    const outer = all.filter(({ column }) => column <= line.column)
    const own = outer.at(-1)
    const dash = dashSlip(line)
    if (dash !== null) return fault(dash)
    const opens = own !== undefined && own.last === before && isOpen(own)
    if (own !== undefined && before !== null && own.column < line.column && !opens) {
      const isText = line.key === null && !hasDash(line)
      if (isText && before.value !== '') return { fault: null, continues: true }
      return fault(this.indentation(line, own, all, below))
    }
    if (own?.column === line.column && own.kind === 'map' && hasDash(line) && !opens)
      return fault(this.dashAmongKeys(line, own, all))
    if (own?.column === line.column && own.kind === 'seq' && !hasDash(line) && line.key !== null && before === own.last) {
      // The keys of `- whatsapp:` are still missing.
      if (before.key !== null && before.value === '' && before.inner > before.column)
        return fault(misplaced(line, before.inner + 2, before))
    }
    if (
      own?.column === line.column &&
      own.kind === 'seq' &&
      !hasDash(line) &&
      !outer.some((one) => one.kind === 'map' && one.column === line.column)
    ) {
      return fault(keyAmongDashes(line, own, all, below))
    }
    const isList = next !== undefined && hasDash(next) && next.column > (own?.column ?? 0) && next.column <= line.column
    const isKeyOfIt = line.key !== null && line.value === '' && next?.column === line.column
    if (opens && !hasDash(line) && isList && !isKeyOfIt) {
      return fault(missingDash(line))
    }
    if (line.key === null) {
      const missing = colonSlip(line, next, own)
      if (missing !== null) return fault(missing)
    }
    this.take(line, outer, all)
    return { fault: null, continues: false }
  }

  private take(line: Line, outer: Block[], all: readonly Block[]): void {
    this.closed = all.slice(outer.length)
    this.blocks = outer
    // A list may have the same indentation as its key; the next key ends it.
    if (!hasDash(line) && this.blocks.at(-1)?.kind === 'seq' && this.blocks.at(-1)!.column === line.column) this.blocks.pop()
    if (hasDash(line)) this.put('seq', line.column, line)
    if (line.key !== null) this.put('map', line.inner, line)
    this.before = line
  }

  private put(kind: Block['kind'], column: number, line: Line): void {
    const own = this.blocks.find((block) => block.kind === kind && block.column === column)
    if (own === undefined) this.blocks.push({ kind, column, first: line, last: line, count: 1 })
    else Object.assign(own, { last: line, count: own.count + 1 })
  }

  private dashAmongKeys(line: Line, own: Block, all: readonly Block[]): Fault {
    const list = all.find(({ kind, column }) => kind === 'seq' && column > line.column)
    if (own.last.value === '' && list !== undefined) return misplaced(line, list.column, list.last)
    const hint = `remove the dash: \`${line.text.slice(line.inner).trim()}\``
    return slip('this line begins with a dash, and the one above does not', spanOf(line, line.column, line.inner), hint)
  }

  private indentation(line: Line, own: Block, all: readonly Block[], below: readonly Line[]): Fault {
    const kind = hasDash(line) ? 'seq' : 'map'
    const before = this.before!
    // If this line continues a block that the previous line closed, the previous line is indented too little.
    const was = this.closed.find((block) => block.kind === kind && block.column === line.column)
    if (was !== undefined && before.column < line.column && own.count <= 2) {
      const wanted = this.closed.find((block) => block.kind === 'map' && block.column > was.column)
      return misplaced(before, hasDash(before) ? was.column : (wanted?.column ?? was.column), was.last)
    }
    const same = all.filter((block) => block.kind === kind && block.column > own.column - 1)
    const nearest = [...same].sort((one, other) => distance(one, line) - distance(other, line) || other.column - one.column)[0]
    const child = all.find((block) => block.column > own.column && block.first.number > own.last.number)
    if (kind === 'seq' && nearest === undefined && child?.kind === 'map') return missingDash(child.first)
    if (kind === 'seq' && own.kind === 'map' && own.last === before && nearest === undefined) {
      const hint = 'put the value into the list, or remove one of the two'
      const message = `\`${before.key ?? ''}\` has a value already, and a list below`
      return slip(message, spanOf(line, line.column, line.text.length), hint)
    }
    if (nearest === undefined) return misplaced(line, own.column, own.last)
    // If one line differs from several others, it is the mistake, though it comes first.
    const others = below.filter((one) => one.column === line.column && hasDash(one) === hasDash(line)).length
    const isOdd = nearest.column % 2 === 1 && line.column % 2 === 0
    if (nearest.count === 1 && (others > 1 || isOdd)) {
      const { first } = nearest
      return misplaced(first, first.column + line.column - nearest.column, line)
    }
    return misplaced(line, nearest.column, nearest.last)
  }
}

const distance = ({ column }: Block, line: Line): number => Math.abs(column - line.column)

/** Whether a value may follow on the next lines: after a key or a dash without a value. */
const isOpen = ({ kind, last }: Block): boolean =>
  kind === 'map'
    ? last.value === '' || /^[&!]\S*$/.test(last.value)
    : last.inner > last.column && last.value === '' && last.key === null

function misplaced(line: Line, column: number, like: Line): Fault {
  const much = line.column - column
  const count = Math.abs(much)
  const message = `this line has ${count} space${count === 1 ? '' : 's'} too ${much > 0 ? 'many' : 'few'} in front`
  const hint = like.column === column ? `give it ${column}, as line ${like.number} has` : `give it ${column}`
  return slip(message, spanOf(line, 0, line.text.trimEnd().length), column === 0 ? 'write it at the beginning of its line' : hint)
}

const wordsOf = (line: Line): string => line.text.slice(line.inner).trim()

/** Finds a wrong dash: `-pause`, `– pause`, `* pause`. */
function dashSlip(line: Line): Fault | null {
  const text = line.text.trim()
  const found = /^(-)(?=[^\s\d-])(.*)$/.exec(text) ?? /^([–—−•·*])\s+(.*)$/.exec(text)
  if (found === null || line.key !== null) return null
  const [, mark, rest] = found
  const message = mark === '-' ? 'a space is missing after the dash' : `an item begins with \`- \`, not with \`${mark!}\``
  return slip(message, spanOf(line, line.column, line.column + 1), `write \`- ${rest!.trim()}\``)
}

function missingDash(line: Line): Fault {
  const words = line.text.trim()
  return slip('a dash is missing before this item', spanOf(line, line.column, line.text.trimEnd().length), `write \`- ${words}\``)
}

/** Returns the fault of a line without a dash at the column where the list has its dashes. */
function keyAmongDashes(line: Line, list: Block, all: readonly Block[], below: readonly Line[]): Fault {
  const inner = all.find(({ kind, column }) => kind === 'map' && column > list.column)
  if (inner === undefined) return missingDash(line)
  // A key with which other items begin also begins an item here.
  if (line.key !== null && (line.key === list.first.key || line.key === list.last.key)) return missingDash(line)
  if (inner.count > 1) return misplaced(line, inner.column, inner.last)
  const others = below.filter((one) => one.column === line.column && !hasDash(one)).length
  return others > 1 ? misplaced(list.first, list.column + line.column - inner.column, line) : missingDash(line)
}

/** `next` is the line below, `own` the block that the line would belong to. */
function colonSlip(line: Line, next: Line | undefined, own: Block | undefined): Fault | null {
  const words = wordsOf(line)
  if (words === '' || /^["'[{&*!|>]/.test(words)) return null
  const isKey = own?.kind === 'map' && own.column === line.column && !hasDash(line)
  const startsFile = own === undefined && next !== undefined && (next.column > 0 || hasDash(next))
  const hasFlow = /^[a-z_]+(\s*=\s*|\s+|:)[{[]/i.test(words)
  const word = /^[a-z_]+$/i.test(words)
  const isDeeper = next !== undefined && next.column > line.column
  const goesOn = word && isDeeper && (hasDash(next) ? !hasDash(line) : next.key !== null && next.column !== line.inner)
  const isNextToKey = next !== undefined && !hasDash(next) && next.column === line.inner && next.key !== null
  const saysSo = /^[a-z_]+(\s*[:=]\s*|\s+)[^\s=<>!+*/[-]/i.test(words)
  if (isKey || startsFile || hasFlow || goesOn || (isNextToKey && (saysSo || !hasDash(line)))) return missingColon(line)
  return isNextToKey && hasDash(line) ? missingDash(next) : null
}

function missingColon(line: Line): Fault {
  const words = wordsOf(line)
  const at = (text: string): Fault['span'] => spanOf(line, line.inner, line.inner + text.length)
  if (/^(\/\/|;|--\s)/.test(words))
    return slip('a comment begins with `#`', at(words), `write \`# ${words.replace(/^\W+\s*/, '')}\``)
  const joined = /^([\p{L}_][\p{L}\p{N}_-]*)\s*(:(?=\S)|：\s*|=\s*)(.*)$/u.exec(words)
  if (joined !== null) {
    const [, key, mark, value] = joined
    const message =
      mark === ':'
        ? 'a space is missing after the colon'
        : `a key and its value are separated by \`: \`, not by \`${mark!.trim()}\``
    return slip(message, at(words), `write \`${key!}: ${value!.trim()}\``)
  }
  const [, key, value] = /^(\S+)\s*([^]*)$/.exec(words)!
  return slip(`a colon is missing after \`${key!}\``, at(key!), `write \`${`${key!}: ${value!}`.trim()}\``)
}
