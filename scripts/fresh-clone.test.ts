import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'

import ts from 'typescript'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Returns the packages that are loaded together with the script, as `<importing file>: <package>`. */
function packagesLoadedBy(script: string): string[] {
  const waiting = [join(root, script)]
  const packages: string[] = []
  for (const file of waiting) {
    const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
    for (const statement of statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue
      if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue
      const { text } = statement.moduleSpecifier
      const target = text.startsWith('.') ? join(dirname(file), text) : null
      if (target === null && !isBuiltin(text)) packages.push(`${relative(root, file)}: ${text}`)
      if (target !== null && !waiting.includes(target)) waiting.push(target)
    }
  }
  return packages
}

it.each(['start', 'test', 'test-full', 'bench', 'chaos'])('npm run %s loads no packages before it has installed them', (name) => {
  expect(packagesLoadedBy(`scripts/${name}.js`)).toEqual([])
})
