import type { Diagnostic } from './diagnostic.js'
import type { Fault } from './fault.js'

/** The most faults kept of one file, so that a broken file does not hide the faults of others. */
const MOST_FAULTS_OF_A_FILE = 100

/** The text of a file and the faults found in it. Create one each time a file is read. */
export class SourceFile {
  readonly diagnostics: Diagnostic[] = []
  private errors = 0
  private lineStarts: number[] | null = null

  constructor(
    /** As the user named it. */
    readonly path: string,
    readonly text: string,
  ) {}

  /** The number of errors reported so far, including those that were not kept. */
  get errorCount(): number {
    return this.errors
  }

  report(fault: Fault): void {
    if (fault.severity !== 'warning') this.errors++
    if (this.diagnostics.length >= MOST_FAULTS_OF_A_FILE) return
    const { code, message, hint, span } = fault
    const { line, column, lineEnd } = this.place(span.start)
    const length = Math.max(1, Math.min(span.end, lineEnd) - span.start)
    const place = { file: this.path, line, column, length }
    this.diagnostics.push({
      code,
      severity: fault.severity ?? 'error',
      message,
      ...place,
      ...(hint === undefined ? {} : { hint }),
      ...(fault.related === undefined ? {} : { related: fault.related }),
    })
  }

  /** Line and column from 1, and the offset at which the line ends. */
  place(offset: number): { line: number; column: number; lineEnd: number } {
    const starts = this.starts()
    const at = Math.max(0, Math.min(offset, this.text.length))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    const start = starts[low]!
    return { line: low + 1, column: at - start + 1, lineEnd: this.lineEnd(low) }
  }

  /** The offset at which the line of `offset` begins. */
  startOfLine(offset: number): number {
    return this.starts()[this.place(offset).line - 1]!
  }

  endOfLine(offset: number): number {
    return this.place(offset).lineEnd
  }

  /** The text of a line, counted from 1, without its end. */
  line(number: number): string {
    const start = this.starts()[number - 1]
    return start === undefined ? '' : this.text.slice(start, this.lineEnd(number - 1))
  }

  private lineEnd(index: number): number {
    const next = this.starts()[index + 1]
    if (next === undefined) return this.text.length
    return this.text[next - 2] === '\r' ? next - 2 : next - 1
  }

  private starts(): readonly number[] {
    if (this.lineStarts === null) {
      this.lineStarts = [0]
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1)
    }
    return this.lineStarts
  }
}

/** Returns the diagnostics sorted by file, line and column, without duplicates. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (one, other) =>
      compareText(one.file, other.file) ||
      one.line - other.line ||
      one.column - other.column ||
      compareText(one.code, other.code),
  )
  return sorted.filter((diagnostic, index) => {
    const before = sorted[index - 1]
    return (
      before === undefined ||
      before.file !== diagnostic.file ||
      before.line !== diagnostic.line ||
      before.column !== diagnostic.column ||
      before.code !== diagnostic.code ||
      before.message !== diagnostic.message
    )
  })
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
