/**
 * Reads a YAML node against a JSON Schema and returns plain data. The schemas (TypeBox) are the single source for the TypeScript
 * types, for this reader and for editors. A validator library would not do: this reader reports each fault at its node, and says
 * what was expected in the terms of the file.
 *
 * It supports the part of JSON Schema that our files use: `type`, `properties`, `patternProperties`, `required`, `items`, `enum`, `const`, `anyOf`
 * over different types, and `$ref`, whose node is returned as it is. `examples` are used in hints.
 */

import { isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml'

import { didYouMean, nearestName } from '../diagnostic/nearest.js'
import { commentHint, listHint, quotedHint } from './hints.js'
import { spanOfNode, textOf } from './node-text.js'
import { clip, exampleOf, fits, inWords, keyMeant, kindOf, meantHint, nameOf, type Schema, typesOf } from './schema-words.js'
import { isPartOfNumber, reportNumber } from './split-number.js'
import { reportIn, resolved, type YamlFile, type YamlNode } from './yaml-file.js'

/** The places of the parts of a value, by path (`then/0/budget`). */
export type Places = ReadonlyMap<string, { readonly key: YamlNode | null; readonly node: YamlNode }>

export interface Shaped {
  /** The parts that match the schema. Others are left out, and their faults are reported. */
  readonly value: unknown
  readonly places: Places
}

const UNFIT = Symbol('unfit')

/** Reads a node against a TypeBox schema; `what` names the node in messages. */
export function shape(file: YamlFile, schema: object, node: YamlNode, what: string): Shaped {
  const walk = new Walk(file)
  const value = walk.value(schema, node, [], what)
  return { value: value === UNFIT ? undefined : value, places: walk.places }
}

class Walk {
  readonly places = new Map<string, { key: YamlNode | null; node: YamlNode }>()

  constructor(private readonly file: YamlFile) {}

  value(
    schema: Schema,
    written: unknown,
    path: readonly (string | number)[],
    what: string,
    key: YamlNode | null = null,
  ): unknown {
    const node = resolved(this.file, written)
    if (node === null) return UNFIT
    this.places.set(path.join('/'), { key, node })
    if (schema.$ref !== undefined) return node
    // Text that begins with `!` was reported when the file was read.
    if (isScalar(node) && node.tag?.startsWith('!') === true && node.value === '') return UNFIT
    if (schema.anyOf !== undefined) {
      const fitting = schema.anyOf.find((branch) => fits(branch, node))
      if (fitting === undefined) return this.unfit(node, what, schema)
      const alone = isMap(node) ? this.wordWithColon(node.items, fitting, schema.anyOf) : null
      if (alone !== null) return alone
      const text = fitting.enum === undefined ? null : textOf(node)
      const near = text === null || fitting.enum!.includes(text) ? undefined : keyMeant(text, schema.anyOf)
      return near === undefined ? this.value(fitting, node, path, what, key) : this.notOneOf(fitting, node, text!, what, near)
    }
    if (!fits(schema, node)) return this.unfit(node, what, schema)
    if (isMap(node)) return this.object(schema, node.items, node, path, what)
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const value = this.value(schema.items ?? {}, item, [...path, index], `an item of ${what}`)
        return value === UNFIT ? undefined : value
      })
    }
    const text = textOf(node)!
    if (schema.enum !== undefined && !schema.enum.includes(text)) return this.notOneOf(schema, node, text, what)
    return typesOf(schema).includes('string') ? text : (node as Scalar).value
  }

  /** Reports a word with a colon that takes no value: `- pause:` instead of `- pause`. */
  private wordWithColon(pairs: readonly Pair[], fitting: Schema, branches: readonly Schema[]): typeof UNFIT | null {
    const words = branches.flatMap((branch) => (branch.enum ?? []).map(String))
    for (const { key: written } of pairs) {
      const key = resolved(this.file, written)
      const name = nameOf(key)
      if (key === null || name === null || !words.includes(name) || Object.hasOwn(fitting.properties ?? {}, name)) continue
      this.report('unknown-key', `\`${name}\` takes no value`, spanOfNode(key), `write \`- ${name}\`, on a line of its own`)
      return UNFIT
    }
    return null
  }

  private object(
    schema: Schema,
    pairs: readonly Pair[],
    node: YamlNode,
    path: readonly (string | number)[],
    what: string,
  ): unknown {
    const value: Record<string, unknown> = {}
    const names = Object.keys(schema.properties ?? {})
    const found = new Set(pairs.flatMap(({ key }) => nameOf(resolved(this.file, key)) ?? []))
    const outside = new Set<unknown>()
    const unknown: { key: YamlNode; name: string }[] = []
    for (const [index, pair] of pairs.entries()) {
      if (outside.has(pair)) continue
      const key = resolved(this.file, pair.key)
      const name = nameOf(key)
      if (key === null || name === null) {
        this.report('wrong-type', 'a key is one word', spanOfNode(key ?? node))
        continue
      }
      const own = schema.properties !== undefined && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
      const other = Object.values(schema.patternProperties ?? {})[0]
      const member = own ?? other
      if (member === undefined) {
        if (this.resemblesNone(name, names, found)) {
          unknown.push({ key, name })
          continue
        }
        const meant = this.unknownKey(key, name, names, found, what)
        // A merge may supply any key.
        for (const merged of name === '<<' ? names : []) {
          if (!found.has(merged)) this.places.set([...path, merged].join('/'), { key, node: key })
          found.add(merged)
        }
        // A misspelt key, or one without a value, is not reported as missing too.
        if (meant !== null) {
          found.add(meant)
          this.places.set([...path, meant].join('/'), { key, node: key })
        }
        continue
      }
      if (pair.value === null || (isScalar(pair.value) && pair.value.value === null)) {
        const below = this.tooFarOut(member, names, pairs.slice(index + 1))
        if (below.length > 0) {
          for (const one of below) outside.add(one)
          this.places.set([...path, name].join('/'), { key, node: key })
          this.reportTooFarOut(name, key, below)
          continue
        }
        this.report(
          'empty',
          `\`${name}\` has no value`,
          spanOfNode(key),
          commentHint(this.file, key, member) ?? exampleOf(member),
        )
        this.places.set([...path, name].join('/'), { key, node: key })
        continue
      }
      const read = this.value(member, pair.value, [...path, name], `\`${name}\``, key)
      if (read !== UNFIT) value[name] = read
    }
    const missing = (schema.required ?? []).filter((name) => !found.has(name))
    const [odd] = unknown
    if (unknown.length === 1 && missing.length === 1) {
      // One unknown key and one missing key are one mistake.
      const meant = missing[0]!
      const message = `${what} has no key \`${odd!.name}\`, and its \`${meant}\` is missing`
      const pair = pairs.find(({ key }) => resolved(this.file, key) === odd!.key)
      this.report('unknown-key', message, spanOfNode(odd!.key), meantHint(meant, odd!.name, textOf(pair?.value as YamlNode)))
      this.places.set([...path, meant].join('/'), { key: odd!.key, node: odd!.key })
      return value
    }
    for (const { key, name } of unknown) this.unknownKey(key, name, names, found, what)
    for (const name of missing) {
      const member = schema.properties?.[name]
      const example = member === undefined ? undefined : exampleOf(member)
      const start = spanOfNode(node).start
      this.report('missing-key', `${what} has no \`${name}\``, { start, end: start + firstLength(node) }, example)
    }
    return value
  }

  /** Whether the key resembles no known one. */
  private resemblesNone(name: string, names: readonly string[], found: ReadonlySet<string>): boolean {
    if (name === '<<' || /^\w+[:\s]/.test(name) || isPartOfNumber(name)) return false
    return (
      didYouMean(
        name,
        names.filter((known) => !found.has(known)),
      ) === undefined && nearestName(name, names) === null
    )
  }

  /** Returns the keys below a key without a value that belong under it: `- whatsapp:` with `to:` at the same indentation. */
  private tooFarOut(member: Schema, names: readonly string[], below: readonly Pair[]): readonly Pair[] {
    const own = [member, ...(member.anyOf ?? [])].flatMap(({ properties }) => Object.keys(properties ?? {}))
    const end = below.findIndex(({ key }) => {
      const name = nameOf(resolved(this.file, key)) ?? ''
      return !own.includes(name) || names.includes(name)
    })
    return end < 0 ? below : below.slice(0, end)
  }

  private reportTooFarOut(name: string, key: YamlNode, below: readonly Pair[]): void {
    const { source } = this.file
    const first = resolved(this.file, below[0]!.key)!
    const column = source.place(spanOfNode(key).start).column - 1
    const more = below.length === 1 ? '' : ', and those below it too'
    const message = `what belongs to \`${name}\` must be indented further than \`${name}\``
    this.report('yaml-syntax', message, spanOfNode(first), `indent this line by ${column + 2} spaces${more}`)
  }

  /**
   * Reports an unknown key. Returns the key that was probably meant, never one that the map already has; null if there is none.
   */
  private unknownKey(
    key: YamlNode,
    name: string,
    names: readonly string[],
    found: ReadonlySet<string>,
    what: string,
  ): string | null {
    if (name === '<<') {
      this.report('unsupported-yaml', 'merging keys with `<<` is not supported', spanOfNode(key), 'write the keys out')
      return null
    }
    if (reportNumber(this.file, key, name)) return null
    const free = names.filter((known) => !found.has(known))
    const spaced = /^(\w+)\s+(.+)$/.exec(name)
    if (spaced !== null && free.includes(spaced[1]!)) {
      const hint = `write \`${spaced[1]!}: ${spaced[2]!}\``
      this.report('unknown-key', `the colon belongs directly after \`${spaced[1]!}\``, spanOfNode(key), hint)
      return spaced[1]!
    }
    const joined = /^(\w+):(.+)$/.exec(name)
    if (joined !== null && free.includes(joined[1]!)) {
      const hint = `write \`${joined[1]!}: ${joined[2]!}\``
      this.report('unknown-key', 'a space is missing after the colon', spanOfNode(key), hint)
      return joined[1]!
    }
    const near = didYouMean(name, free)
    const twice = nearestName(name, names)
    const hint =
      near ??
      (twice === null ? undefined : `did you mean \`${twice}\`?`) ??
      `it has ${names.map((known) => `\`${known}\``).join(', ')}`
    this.report('unknown-key', `${what} has no key \`${name}\``, spanOfNode(key), hint)
    return /`(.*)`/.exec(near ?? '')?.[1] ?? null
  }

  private notOneOf(schema: Schema, node: YamlNode, text: string, what: string, key?: string): typeof UNFIT {
    if (reportNumber(this.file, node, text)) return UNFIT
    const choices = (schema.enum ?? []).map(String)
    const hint = key ?? didYouMean(text, choices) ?? `one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`
    this.report('unknown-choice', `${what} cannot be \`${clip(text)}\``, spanOfNode(node), hint)
    return UNFIT
  }

  private unfit(node: YamlNode, what: string, schema: Schema): typeof UNFIT {
    const expected = [...new Set((schema.anyOf ?? [schema]).map(inWords))].join(' or ')
    this.report(
      'wrong-type',
      `${what} must be ${expected}, but this is ${kindOf(node)}`,
      spanOfNode(node),
      quotedHint(this.file, schema, node) ?? listHint(schema, node) ?? exampleOf(schema),
    )
    return UNFIT
  }

  private report(code: string, message: string, span: { start: number; end: number }, hint?: string): void {
    reportIn(this.file, { code, message, span, ...(hint === undefined ? {} : { hint }) })
  }
}

/** Returns the length of a map's first key, otherwise 1: a caret under a whole list or map would cover several lines. */
function firstLength(node: YamlNode): number {
  const first = isMap(node) ? (node.items[0]?.key as YamlNode | undefined) : undefined
  return first?.range ? first.range[1] - first.range[0] : 1
}
