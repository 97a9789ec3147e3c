/** Pieces as one text: each ends with a full stop, whichever way it came. */
export const sentences = (pieces: readonly string[]): string =>
  pieces.map((piece) => (/[.!?)]$/.test(piece) ? piece : `${piece}.`)).join(' ')
