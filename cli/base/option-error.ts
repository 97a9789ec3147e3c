/** Options that make no sense, alone or with the files. The message says what to do. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}
