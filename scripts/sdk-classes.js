/** Parses the generated classes of Meta's SDKs: fields and their types, enumerations, and calls. */

/**
 * Parses a class of the Node SDK.
 * @param {string} source
 * @returns {{ fields: string[], enums: Record<string, string[]> }}
 */
export function nodeClass(source) {
  const enums = {}
  for (const [, name, body] of source.matchAll(/static get (\w+) \(\): Object \{\s*return Object\.freeze\(\{(.*?)\}\);/gs)) {
    enums[name] = [...body.matchAll(/^\s*'?[\w.-]+'?: '([^']*)',?$/gm)].map(([, value]) => value)
  }
  const { Fields: fields = [], ...others } = enums
  return { fields, enums: others }
}

/**
 * Parses a class of the Python SDK. Types of parameters that are enumerations become `Class.Enumeration`.
 * @param {string} source
 * @param {string} name
 * @returns {{ fields: Record<string, string>, enums: Record<string, string[]>, calls: Record<string, Record<string, string>> }}
 */
export function pythonClass(source, name) {
  const enums = {}
  for (const [, called, body] of source.matchAll(/^ {4}class (\w+)(?:\([\w.]+\))?:\n((?: {8}.*\n|\n)+)/gm)) {
    enums[called] = [...body.matchAll(/^ {8}\w+ = '([^']*)'$/gm)].map(([, value]) => value)
  }
  const { Field: names = [], ...others } = enums
  const types = entries(/^ {4}_field_types = \{\n(.*?)^ {4}\}/ms.exec(source)?.[1] ?? '')
  const fields = Object.fromEntries(names.map((field) => [field, types[field] ?? 'unknown']))
  return { fields, enums: others, calls: callsOf(source, name) }
}

/** Returns parameters by method and edge, such as `GET /adsets`; `GET /` reads the object itself. */
function callsOf(source, name) {
  const calls = {}
  for (const [, body] of source.matchAll(/^ {4}def \w+\(self, .*?\):\n((?: {8}.*\n|\n)+)/gm)) {
    const method = /^ {12}method='(\w+)'/m.exec(body)?.[1]
    const endpoint = /^ {12}endpoint='([^']*)'/m.exec(body)?.[1]
    if (method === undefined || endpoint === undefined) continue
    const parameters = entries(/^ {8}param_types = \{\n(.*?)^ {8}\}/ms.exec(body)?.[1] ?? '')
    const enums = Object.fromEntries(
      [...body.matchAll(/^ {12}'(\w+)': ([\w.]+)\.__dict__\.values\(\),$/gm)].map(([, key, path]) => [key, path]),
    )
    calls[`${method} ${endpoint}`] = Object.fromEntries(
      Object.entries(parameters).map(([key, type]) => [
        key,
        type.replace(/\w+_enum\b/g, (found) => enums[found] ?? `${name}.${found}`),
      ]),
    )
  }
  return calls
}

const entries = (body) => Object.fromEntries([...body.matchAll(/^\s*'(\w+)': '([^']*)',$/gm)].map(([, key, type]) => [key, type]))
