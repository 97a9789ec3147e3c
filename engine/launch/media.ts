import type { Launch } from './launch.js'

/** The files that a launch needs, each once, as the spec has them: relative to the folder of its file. */
export const mediaOf = (launch: Launch): readonly string[] => [
  ...new Set(
    launch.ads.flatMap(({ creative: { media, thumbnail } }) => (thumbnail === null ? [media.path] : [media.path, thumbnail])),
  ),
]
