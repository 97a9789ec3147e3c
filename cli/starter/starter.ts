/** The files of a new project: settings, a rule, its test, a workflow that checks both, and `.gitignore`. */

import { readFileSync } from 'node:fs'

/** Each file of the template, by its path in the project. npm leaves files named `.gitignore` out of packages, so ours has no dot. */
const FILES = {
  'tetik.yaml': 'tetik.yaml',
  'rules/expensive-adsets.yaml': 'rules/expensive-adsets.yaml',
  'rules/expensive-adsets.test.yaml': 'rules/expensive-adsets.test.yaml',
  '.github/workflows/rules.yml': '.github/workflows/rules.yml',
  '.gitignore': 'gitignore',
} as const

export interface StarterValues {
  readonly account: string
  readonly id: string
  readonly currency: string
  readonly timezone: string
  /** Address that CI clones tetik from, as YAML. */
  readonly repository: string
  readonly commit: string
}

export interface StarterFile {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  readonly text: string
}

export function starterFiles(values: StarterValues): StarterFile[] {
  return Object.entries(FILES).map(([path, template]) => {
    const text = readFileSync(new URL(`template/${template}`, import.meta.url), 'utf8')
    return { path, text: text.replace(/\{\{(\w+)\}\}/g, (_, name: keyof StarterValues) => values[name]) }
  })
}
