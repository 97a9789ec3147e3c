/** Options that contradict one another or the files. The message says what to do. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}
