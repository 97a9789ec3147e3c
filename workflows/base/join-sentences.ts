/** Joins pieces to one text, adding a full stop to those that have none. */
export const sentences = (pieces: readonly string[]): string =>
  pieces.map((piece) => (/[.!?)]$/.test(piece) ? piece : `${piece}.`)).join(' ')
