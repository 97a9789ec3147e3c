/** `tetik schema`: the JSON Schemas of rules, tests, launch specs and tetik.yaml for editors, and the OpenAPI document of the API. */

import { join } from 'node:path'

import { Argument, type Command } from 'commander'

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description(
      'Print the JSON Schema of rules, tests, launch specs or tetik.yaml for your editor, or the OpenAPI document of the API',
    )
    .addArgument(
      new Argument('[name]', 'which one').choices(['rules', 'tests', 'launch', 'settings', 'openapi']).default('rules'),
    )
    .option('--out <folder>', 'write all of them to a folder instead')
    .option('--json', 'accepted for uniformity: the output is always JSON')
    .action(async (name: string, options: { readonly out?: string }) => {
      if (options.out === undefined) {
        const documents = name === 'openapi' ? [await apiDocument()] : await editorDocuments()
        process.stdout.write(textOf(documents.find((document) => document.name === name)!.schema))
        return
      }
      const documents = await publishedDocuments()
      const { mkdir, writeFile } = await import('node:fs/promises')
      await mkdir(options.out, { recursive: true })
      for (const { file, schema, title } of documents) {
        const path = join(options.out, file)
        await writeFile(path, textOf(schema))
        process.stderr.write(`${path}: ${title}\n`)
      }
      process.stderr.write('Begin each rule file with its schema: # yaml-language-server: $schema=<path>\n')
    })
}

/** What `tetik schema` publishes, in the order of its help. */
export const publishedDocuments = async () => [...(await editorDocuments()), await apiDocument()]

const editorDocuments = async () => (await import('../../engine/json-schema/schemas.js')).editorSchemas()

/** Loaded separately, since it loads the whole API. */
async function apiDocument() {
  const { openApiDocument } = await import('../../service/api/http/openapi.js')
  const { OPERATIONS } = await import('../../service/api/operations.js')
  return {
    name: 'openapi',
    file: 'openapi.json',
    title: 'OpenAPI document of the API',
    schema: openApiDocument(OPERATIONS),
  } as const
}

const textOf = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`
