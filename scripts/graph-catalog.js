/**
 * Writes sandbox/catalog/graph.json: the fields, parameters, edges and values that Meta documents for the sandbox's node types. It
 * reads them from Meta's SDKs, whose objects are generated from Meta's specification of the API: the installed npm
 * `facebook-nodejs-business-sdk`, and PyPI's `facebook-business`, which is newer and also has parameters.
 *
 *   node scripts/graph-catalog.js            downloads the Python package with pip
 *   node scripts/graph-catalog.js <folder>   reads an unpacked one from a folder that contains facebook_business/
 */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { nodeClass, pythonClass } from './sdk-classes.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const TARGET = join(ROOT, 'sandbox/catalog/graph.json')
const NODE_SDK = join(ROOT, 'node_modules/facebook-nodejs-business-sdk')
const PYTHON_VERSION = '26.0.3'

/** Objects with an id, for which edges and calls are kept in addition to the fields. */
const NODES = [
  'Ad',
  'AdAccount',
  'AdCreative',
  'AdImage',
  'AdLabel',
  'AdReportRun',
  'AdRule',
  'AdSet',
  'AdsPixel',
  'AdVideo',
  'Campaign',
  'CustomAudience',
  'CustomConversion',
  'WhatsAppBusinessAccount',
]
/** Types of which only the fields are kept: objects that are only read, and objects nested in parameters and responses. */
const SHAPES = [
  'AdAccountDeliveryEstimate',
  'AdAccountReachEstimate',
  'AdActivity',
  'AdAssetFeedSpec',
  'AdCreativeDegreesOfFreedomSpec',
  'AdCreativeFeaturesSpec',
  'AdCreativeLinkData',
  'AdCreativeLinkDataCallToActionValue',
  'AdCreativeLinkDataChildAttachment',
  'AdCreativeObjectStorySpec',
  'AdCreativePhotoData',
  'AdCreativeTextData',
  'AdCreativeVideoData',
  'AdPreview',
  'AdPromotedObject',
  'AdsActionStats',
  'AdsInsights',
  'AssignedUser',
  'Business',
  'BusinessUser',
  'FlexibleTargeting',
  'IGMedia',
  'IGUser',
  'MinimumBudget',
  'Page',
  'Targeting',
  'TargetingGeoLocation',
  'User',
  'VideoThumbnail',
  'WhatsAppBusinessHealthStatus',
  'WhatsAppBusinessHealthStatusForMessageSend',
  'WhatsAppBusinessProfile',
]

/** Nodes that are written with nested objects, whose types are included too, so that unknown keys are found at any depth. */
const DEEP = ['AdCreative', 'AdSet', 'Campaign']

/** @param {string} pythonFolder folder that contains facebook_business/ */
export function readCatalog(pythonFolder) {
  const sources = {
    'npm facebook-nodejs-business-sdk': JSON.parse(readFileSync(join(NODE_SDK, 'package.json'), 'utf8')).version,
    'PyPI facebook-business': pythonVersion(pythonFolder),
  }
  const types = Object.fromEntries(
    [...new Set([...NODES, ...SHAPES, ...shapesWithin(pythonFolder)])].sort().map((name) => {
      const node = readNode(name)
      const python = readPython(pythonFolder, name)
      const fields = { ...Object.fromEntries(node.fields.map((field) => [field, 'unknown'])), ...python.fields }
      const enums = merged(node.enums, python.enums)
      return [
        name,
        { fields: sorted(fields), enums: sorted(enums), ...(NODES.includes(name) ? { calls: sorted(python.calls) } : {}) },
      ]
    }),
  )
  return { sources, types }
}

function readNode(name) {
  const file = join(NODE_SDK, 'src/objects', `${name.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.js`)
  return existsSync(file) ? nodeClass(readFileSync(file, 'utf8')) : { fields: [], enums: {} }
}

const pythonFile = (folder, name) => join(folder, 'facebook_business/adobjects', `${name.toLowerCase()}.py`)

function readPython(folder, name) {
  return pythonClass(readFileSync(pythonFile(folder, name), 'utf8'), name)
}

/** Returns the types of fields, recursively, that are not nodes. */
function shapesWithin(folder) {
  const found = new Set()
  const open = [...DEEP]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const type of Object.values(readPython(folder, name).fields).flatMap((kind) => kind.match(/[A-Z]\w+/g) ?? [])) {
      if (found.has(type) || !existsSync(pythonFile(folder, type))) continue
      if (Object.keys(readPython(folder, type).calls).length > 0) continue
      found.add(type)
      open.push(type)
    }
  }
  return found
}

function pythonVersion(folder) {
  const text = readFileSync(join(folder, 'facebook_business/apiconfig.py'), 'utf8')
  return /'SDK_VERSION': 'v([\d.]+)'/.exec(text)[1]
}

const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Returns the values of both: Meta adds and removes some, and a value that one SDK has is valid. */
function merged(left, right) {
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return Object.fromEntries(
    [...names].map((name) => [name, [...new Set([...(left[name] ?? []), ...(right[name] ?? [])])].sort()]),
  )
}

/** Returns JSON with one line per field, enumeration and call, so that diffs are readable. */
function lines(value, levels, indent = '') {
  if (levels === 0 || Array.isArray(value) || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}  `
  const entries = Object.entries(value).map(
    ([key, child]) => `${inner}${JSON.stringify(key)}: ${lines(child, levels - 1, inner)}`,
  )
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`
}

/** Downloads the package. pip does not unpack it; a wheel is a zip, which Python's zipfile unpacks. */
function download() {
  const folder = mkdtempSync(join(tmpdir(), 'graph-catalog-'))
  const python = (...args) => execFileSync('python3', args, { cwd: folder, stdio: 'inherit' })
  python('-m', 'pip', 'download', '--no-deps', '--quiet', `facebook-business==${PYTHON_VERSION}`)
  const wheel = readdirSync(folder).find((file) => file.endsWith('.whl'))
  python('-m', 'zipfile', '-e', wheel, '.')
  return folder
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [given] = process.argv.slice(2)
  const folder = given ?? download()
  const catalog = readCatalog(folder)
  mkdirSync(dirname(TARGET), { recursive: true })
  writeFileSync(TARGET, `${lines(catalog, 4)}\n`)
  if (given === undefined) rmSync(folder, { recursive: true })
  const count = Object.values(catalog.types).reduce((sum, { fields }) => sum + Object.keys(fields).length, 0)
  console.log(`${Object.keys(catalog.types).length} types with ${count} fields`)
}
