/** `tetik schema`: prints the JSON Schemas of rules, tests, launch specs and tetik.yaml, for editors. */

import { join } from 'node:path'

import { Argument, type Command } from 'commander'

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('Print the JSON Schema of rule files, tests, launch specs or tetik.yaml, for completion and checks in an editor')
    .addArgument(new Argument('[name]', 'which one').choices(['rules', 'tests', 'launch', 'settings']).default('rules'))
    .option('--out <folder>', 'write all schemas to a folder instead')
    .option('--json', 'no effect: the schemas are always JSON')
    .action(async (name: string, options: { readonly out?: string }) => {
      const { editorSchemas } = await import('../../engine/json-schema/schemas.js')
      const schemas = editorSchemas()
      if (options.out === undefined) {
        process.stdout.write(textOf(schemas.find((schema) => schema.name === name)!.schema))
        return
      }
      const { mkdir, writeFile } = await import('node:fs/promises')
      await mkdir(options.out, { recursive: true })
      for (const { file, schema, title } of schemas) {
        const path = join(options.out, file)
        await writeFile(path, textOf(schema))
        process.stderr.write(`${path}: ${title}\n`)
      }
      process.stderr.write('Begin each rule file with its schema: # yaml-language-server: $schema=<path>\n')
    })
}

const textOf = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`
