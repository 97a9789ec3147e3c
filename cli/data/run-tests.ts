/** The work of `tetik test`: finds test files, reads the rules that they name, and runs the tests. */

import { readdir, stat } from 'node:fs/promises'
import { dirname, join, normalize, relative, resolve } from 'node:path'

import type { Settings } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { sortDiagnostics } from '../../engine/diagnostic/source.js'
import type { RuleText } from '../../engine/rule/read/load.js'
import { RulePlaces } from '../../engine/rule/read/places.js'
import { ConditionCoverage, type LeafCoverage } from '../../engine/rule-test/coverage.js'
import { type OpenedTestFile, openTestFile } from '../../engine/rule-test/load.js'
import type { RuleTest } from '../../engine/rule-test/rule-test.js'
import { runTest, type TestResult } from '../../engine/rule-test/run.js'
import { matchesGlob } from '../../engine/text/glob.js'
import { RULES_FOLDER, SETTINGS_FILE } from '../../service/rules/project-files.js'
import { type NamedText, PathError, projectFolder, readRuleSets, readText } from '../base/rule-sets.js'

export interface TimedResult extends TestResult {
  /** Seconds. */
  readonly seconds: number
}

export interface TestedFile {
  readonly file: string
  /** Empty if the file or its rules have errors. */
  readonly results: readonly TimedResult[]
  readonly diagnostics: readonly Diagnostic[]
}

export interface TestRun {
  readonly files: readonly TestedFile[]
  /** By the path that is shown to the user, for quoting lines. */
  readonly texts: ReadonlyMap<string, string>
  /** The lines of the rules' parts in their files. */
  readonly places: RulePlaces
  readonly coverage: readonly LeafCoverage[]
  /** Absolute paths of all files that were read: changing one may change the result. */
  readonly read: readonly string[]
}

export interface TestOptions {
  /** Only tests whose name contains this; a glob if it has `*` or `?`. */
  readonly filter?: string | undefined
}

const isTestFile = (name: string): boolean => /\.test\.ya?ml$/.test(name)

/**
 * Runs the tests that `paths` mean. Without paths: those in `rules/` of the project at or above `folder`. A rule file means the tests next to it.
 *
 * @throws PathError if a path is missing, cannot be read, or contains no tests
 */
export async function runTests(paths: readonly string[], folder: string, options: TestOptions = {}): Promise<TestRun> {
  const files = await findTestFiles(paths, folder)
  const run = new Run(folder, options)
  const tested: TestedFile[] = []
  for (const path of files) tested.push(await run.file(path))
  if (
    options.filter !== undefined &&
    tested.every(({ results, diagnostics }) => results.length === 0 && diagnostics.length === 0)
  )
    throw new PathError(`no test has ${options.filter} in its name`)
  const places = new RulePlaces([...run.texts].map(([path, text]) => ({ path, text })))
  return { files: tested, texts: run.texts, places, coverage: run.coverage.leaves(places), read: [...run.read] }
}

/** Returns the test files as the user would name them, each once. */
async function findTestFiles(paths: readonly string[], folder: string): Promise<readonly string[]> {
  const found = new Set<string>()
  const given = paths.length > 0 ? paths : [await rulesOfProject(folder)]
  for (const path of given) {
    const full = resolve(folder, path)
    const stats = await stat(full).catch(() => null)
    if (stats === null) throw new PathError(`${path} does not exist`)
    if (stats.isDirectory()) {
      for (const name of await testFilesWithin(full)) found.add(join(path, name))
    } else if (isTestFile(path)) found.add(normalize(path))
    else {
      const testFile = path.replace(/\.ya?ml$/, '.test.yaml')
      if (testFile === path || (await stat(resolve(folder, testFile)).catch(() => null)) === null)
        throw new PathError(`${path} contains no tests, and ${testFile} does not exist`)
      found.add(normalize(testFile))
    }
  }
  if (found.size === 0) throw new PathError(`there is no *.test.yaml in ${given.join(', ')}`)
  return [...found]
}

/** Returns `rules/` of the project as a person would name it, or the project itself if it has no such folder. */
async function rulesOfProject(folder: string): Promise<string> {
  const project = await projectFolder(folder)
  const rules = join(project, RULES_FOLDER)
  return (await stat(resolve(folder, rules)).catch(() => null))?.isDirectory() === true ? rules : project
}

async function testFilesWithin(folder: string): Promise<readonly string[]> {
  const names: string[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory())
      names.push(...(await testFilesWithin(join(folder, entry.name))).map((name) => join(entry.name, name)))
    else if (isTestFile(entry.name)) names.push(entry.name)
  }
  return names
}

class Run {
  readonly texts = new Map<string, string>()
  readonly coverage = new ConditionCoverage()
  readonly read = new Set<string>()
  private readonly libraries = new Map<string, readonly RuleText[]>()

  constructor(
    private readonly folder: string,
    private readonly options: TestOptions,
  ) {}

  async file(path: string): Promise<TestedFile> {
    this.read.add(resolve(this.folder, path))
    const { text, diagnostic } = await readText(path, resolve(this.folder, path))
    if (text === null) return { file: path, results: [], diagnostics: diagnostic === null ? [] : [diagnostic] }
    this.texts.set(path, text)
    const opened = openTestFile(path, text)
    const rules = await this.rules(path, opened)
    if (rules === null || opened.diagnostics.some(isError)) {
      // The tests of a malformed file are still read, so that all of its errors are reported at once.
      const { diagnostics } = rules === null ? opened : loadTests(opened, rules)
      return { file: path, results: [], diagnostics: sortDiagnostics([...diagnostics, ...(rules?.diagnostics ?? [])]) }
    }
    const { tests, diagnostics } = loadTests(opened, rules)
    const all = sortDiagnostics([...rules.diagnostics, ...diagnostics])
    if (all.some(isError)) return { file: path, results: [], diagnostics: all }
    const results: TimedResult[] = []
    for (const test of tests.filter(({ name }) => this.isWanted(name))) results.push(await this.run(test))
    return { file: path, results, diagnostics: all }
  }

  private async run(test: RuleTest): Promise<TimedResult> {
    const started = performance.now()
    const result = await runTest(test)
    this.coverage.add(test.rules, result.decisions)
    return { ...result, seconds: (performance.now() - started) / 1000 }
  }

  private isWanted(name: string): boolean {
    const { filter } = this.options
    if (filter === undefined) return true
    return /[*?]/.test(filter) ? matchesGlob(name, filter) : name.toLowerCase().includes(filter.toLowerCase())
  }

  /** Returns all rule files of the project, whose blueprints the rules may use. */
  private async library(settings: string): Promise<readonly RuleText[]> {
    const project = dirname(settings)
    let known = this.libraries.get(project)
    if (known === undefined) {
      // If they cannot be read, the rules that use them report what is missing.
      known = await readRuleSets([project], this.folder).then(
        ({ sets }) => sets.flatMap(({ files }) => files),
        () => [],
      )
      this.libraries.set(project, known)
    }
    return known
  }

  /** Returns null if a rule file cannot be read, which is then reported at the line that names it. */
  private async rules(path: string, opened: OpenedTestFile): Promise<RulesOfTests | null> {
    const texts: RuleText[] = []
    const diagnostics: Diagnostic[] = []
    let settings: NamedText | null = null
    let isWhole = true
    for (const name of opened.rules) {
      const full = resolve(this.folder, dirname(path), name)
      this.read.add(full)
      const within = relative(this.folder, full)
      try {
        const read = await readRuleSets([within], this.folder)
        for (const set of read.sets) {
          texts.push(...set.files.filter((file) => !texts.some((known) => known.path === file.path)))
          settings ??= set.settings
        }
        diagnostics.push(...read.diagnostics)
      } catch (error) {
        if (!(error instanceof PathError)) throw error
        opened.blame(name, error.message, 'the path is relative to the folder of the test file')
        isWhole = false
      }
    }
    for (const text of [...texts, ...(settings === null ? [] : [settings])]) this.texts.set(text.path, text.text)
    if (settings !== null) this.read.add(resolve(this.folder, settings.path))
    else this.read.add(resolve(this.folder, dirname(path), SETTINGS_FILE))
    const own = settings === null ? null : loadSettings(settings.path, settings.text)
    if (!isWhole) return null
    const library = settings === null ? [] : await this.library(settings.path)
    return {
      texts,
      settings: own?.settings ?? null,
      isBroken: own !== null && own.settings === null,
      library,
      diagnostics: [...diagnostics, ...(own?.diagnostics ?? [])],
    }
  }
}

interface RulesOfTests {
  readonly texts: readonly RuleText[]
  readonly settings: Settings | null
  /** Whether there is a `tetik.yaml`, and it did not load. */
  readonly isBroken: boolean
  readonly library: readonly RuleText[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Errors of tests that refer to something in `tetik.yaml`: an account, the campaigns of a group. */
const FOLLOWING_ERRORS: ReadonlySet<string> = new Set(['unknown-account', 'missing-key'])

/** If `tetik.yaml` did not load, only its own errors are reported, not the errors that follow in every test. */
function loadTests(opened: OpenedTestFile, { texts, settings, isBroken, library }: RulesOfTests) {
  const { tests, diagnostics } = opened.load(texts, settings, library)
  return { tests, diagnostics: isBroken ? diagnostics.filter(({ code }) => !FOLLOWING_ERRORS.has(code)) : diagnostics }
}
