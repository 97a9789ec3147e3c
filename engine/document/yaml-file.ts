/** A parsed YAML file: its nodes have offsets, and its faults are reported to its source. */

import { isAlias, type Node } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'

export type YamlNode = Node & { range?: [number, number, number] | null }

/** The anchored node of each alias; null if no anchor of that name precedes it. */
export type Aliases = ReadonlyMap<unknown, YamlNode | null>

export interface YamlFile {
  readonly source: SourceFile
  /** The node that each alias refers to. */
  readonly aliases: Aliases
  /** Null for an empty file. */
  readonly root: YamlNode | null
  /** Offset of the first syntax error; whatever is read after it is a guess. Null if there is none. */
  readonly brokenFrom: number | null
  /** Spans with a reported fault; further faults that start within them are dropped. */
  readonly reportedSpans: Fault['span'][]
}

/**
 * Reports a fault unless it only follows from another: it starts after the first syntax error, or within a span that was
 * reported.
 */
export function reportIn(file: YamlFile, fault: Fault): void {
  // What seems to be missing may be after the syntax error.
  if (file.reportedSpans.some(({ start, end }) => fault.span.start >= start && fault.span.start < end)) return
  if (file.brokenFrom !== null && (fault.code === 'missing-key' || fault.code === 'empty' || fault.span.start >= file.brokenFrom))
    return
  file.source.report(fault)
}

/** Returns the node itself, or the node that an alias refers to; null if there is none. */
export function resolved(file: YamlFile, node: unknown): YamlNode | null {
  if (isAlias(node)) return file.aliases.get(node) ?? null
  return (node as YamlNode | null | undefined) ?? null
}
