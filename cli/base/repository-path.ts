import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** A file's path from the root of its repository, with `/`: as annotations on a pull request name it. */
export type RepositoryPath = (path: string) => string

/**
 * @param folder that paths are relative to
 * @param workspace the repository's root where the environment names it; else the nearest folder with `.git` at or above
 */
export async function repositoryPath(folder: string, workspace: string | undefined): Promise<RepositoryPath> {
  const root = workspace !== undefined && workspace !== '' ? resolve(workspace) : await repositoryRoot(resolve(folder))
  return (path) => {
    const within = relative(root, resolve(folder, path))
    // One outside of the repository has no place in it, and keeps the name that the user gave it.
    return (within.startsWith('..') ? path : within).split(sep).join('/')
  }
}

async function repositoryRoot(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at
    if (dirname(at) === at) return folder
  }
}
