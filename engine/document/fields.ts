import type { Reading } from '../diagnostic/fault.js'
import { spanOfNode } from './node-text.js'
import { type Places } from './read-against-schema.js'
import { moveFaults } from './scalar.js'
import { reportIn, type YamlFile } from './yaml-file.js'

/** Parses values that were read against a schema, and reports faults at their places. Paths are like `guardrails/step`. */
export class Fields {
  constructor(
    readonly file: YamlFile,
    private readonly places: Places,
  ) {}

  /** Whether the file has a value at `path`. */
  has(path: string): boolean {
    return this.places.has(path)
  }

  /** Returns the result of `parse` for the text at `path`; null if the text is absent or has a fault, which is then reported. */
  read<T>(path: string, text: string | undefined, parse: (text: string) => Reading<T>): T | null {
    const place = this.places.get(path)
    if (text === undefined || place === undefined) return null
    const { value, faults } = parse(text)
    for (const fault of moveFaults(faults, place.node, text, this.file.source.text)) reportIn(this.file, fault)
    return value
  }

  fault(path: string, code: string, message: string, hint?: string): void {
    this.report(this.span(path, 'value'), code, message, hint)
  }

  warning(path: string, code: string, message: string, hint?: string): void {
    const span = this.span(path, 'value')
    reportIn(this.file, { code, message, span, severity: 'warning', ...(hint === undefined ? {} : { hint }) })
  }

  /** Reports a fault at the key rather than at its value. */
  keyFault(path: string, code: string, message: string, hint?: string): void {
    this.report(this.span(path, 'key'), code, message, hint)
  }

  span(path: string, part: 'key' | 'value'): { start: number; end: number } {
    const place = this.places.get(path)
    const node = part === 'key' ? (place?.key ?? place?.node) : place?.node
    return node === undefined ? { start: 0, end: 1 } : spanOfNode(node)
  }

  private report(span: { start: number; end: number }, code: string, message: string, hint?: string): void {
    reportIn(this.file, { code, message, span, ...(hint === undefined ? {} : { hint }) })
  }
}
