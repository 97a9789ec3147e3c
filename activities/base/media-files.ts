/** Images and videos of launch specs, as the worker reads them: from the project's folder and from nowhere else. */

import { posix } from 'node:path'

import type { LaunchMedia, MediaFile } from '../../engine/launch/launch-object.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'

/** Paths are relative to the project's folder, with `/`. The service hands one in: activities open no files themselves. */
export interface MediaFiles {
  /**
   * Size and checksum as the file is now; null where there is none of that name within the project's folder.
   *
   * @param alive called between pieces of a large file
   */
  describe(path: string, alive?: () => void): Promise<MediaFile | null>
  /** The bytes from `start` up to, not including, `end`; fewer where the file ends before. */
  read(path: string, start: number, end: number): Promise<Uint8Array>
}

/** The path of a spec's medium, which is relative to the spec. */
export const mediaPath = ({ file }: Pick<LaunchSpec, 'file'>, { path }: Pick<LaunchMedia, 'path'>): string =>
  posix.join(posix.dirname(file), path)
