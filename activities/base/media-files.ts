/** How the worker reads the images and videos of launch specs: only from the project's folder. */

import { posix } from 'node:path'

import type { LaunchMedia, MediaFile } from '../../engine/launch/launch-object.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'

/**
 * Paths are relative to the project's folder, with `/`. The service passes an implementation in: activities open no files
 * themselves.
 */
export interface MediaFiles {
  /**
   * Returns the file's current size and checksum; null if the project's folder has no such file.
   *
   * @param alive called between chunks of a large file
   */
  describe(path: string, alive?: () => void): Promise<MediaFile | null>
  /** Returns the bytes from `start` up to, but not including, `end`; fewer if the file ends before. */
  read(path: string, start: number, end: number): Promise<Uint8Array>
}

/** Returns the path of a spec's image or video relative to the project's folder; in the spec it is relative to the spec. */
export const mediaPath = ({ file }: Pick<LaunchSpec, 'file'>, { path }: Pick<LaunchMedia, 'path'>): string =>
  posix.join(posix.dirname(file), path)
