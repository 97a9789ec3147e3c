/** `tetik schema`: the JSON Schemas of rules, tests, launch specs and tetik.yaml, for editors. */

import { join } from 'node:path'

import { Argument, type Command } from 'commander'

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description(
      'Print the JSON Schema of rule files, or of tests, launch specs or tetik.yaml, for the completion and checks of an editor',
    )
    .addArgument(new Argument('[name]', 'which one').choices(['rules', 'tests', 'launch', 'settings']).default('rules'))
    .option('--out <folder>', 'write all of them into a folder instead')
    .option('--json', 'the schemas are JSON in any case')
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
      process.stderr.write('The first line of a rule file names its schema: # yaml-language-server: $schema=<path>\n')
    })
}

const textOf = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`
