import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** Turns a file's path into its path from the repository root, with `/`, as annotations on a pull request need it. */
export type RepositoryPath = (path: string) => string

/**
 * @param folder that paths are relative to
 * @param workspace the repository's root where the environment names it; else the nearest folder with `.git` at or above
 */
export async function repositoryPath(folder: string, workspace: string | undefined): Promise<RepositoryPath> {
  const root = workspace !== undefined && workspace !== '' ? resolve(workspace) : await repositoryRoot(resolve(folder))
  return (path) => {
    const within = relative(root, resolve(folder, path))
    // A file outside the repository keeps the path that the user gave.
    return (within.startsWith('..') ? path : within).split(sep).join('/')
  }
}

async function repositoryRoot(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at
    if (dirname(at) === at) return folder
  }
}
