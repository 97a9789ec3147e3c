import type { LaunchSpec } from './launch-spec.js'

/** Returns the paths of the media files that a spec names, each once, as written: relative to the folder of its file. */
export const mediaOf = (spec: LaunchSpec): readonly string[] => [
  ...new Set(
    spec.ads.flatMap(({ creative: { media, thumbnail } }) => (thumbnail === null ? [media.path] : [media.path, thumbnail])),
  ),
]
