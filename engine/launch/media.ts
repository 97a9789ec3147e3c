import type { LaunchSpec } from './launch-spec.js'

/** The files that a launch needs, each once, as the spec has them: relative to the folder of its file. */
export const mediaOf = (launch: LaunchSpec): readonly string[] => [
  ...new Set(
    launch.ads.flatMap(({ creative: { media, thumbnail } }) => (thumbnail === null ? [media.path] : [media.path, thumbnail])),
  ),
]
