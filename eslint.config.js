import { defineConfig, globalIgnores } from 'eslint/config'
import importX from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/**
 * Which folder may import which (docs/architecture.md has the table). A zone forbids files of `target` to import from `from`; its
 * message says where the code belongs instead.
 */
const ROOMS = {
  engine: {
    may: [],
    why: 'engine/ is pure: no clock, network, file or Temporal. Pass the value in as an argument, or move this code to the folder that needs it.',
  },
  workflows: {
    // Only types from activities/; the rule for workflow files below enforces that.
    may: ['engine', 'activities', 'temporal.config.ts'],
    why: 'workflows/ must be deterministic: I/O belongs in activities/, of which only types may be imported here.',
  },
  activities: {
    may: ['connectors', 'store', 'engine', 'temporal.config.ts'],
    why: 'activities/ stays thin: logic belongs in engine/, processes in service/.',
  },
  connectors: {
    may: ['engine'],
    why: 'connectors/ only call outside systems: combining their answers with our data belongs in activities/.',
  },
  store: { may: ['engine'], why: 'store/ only reads and writes rows: decisions about them belong in engine/ or activities/.' },
  service: {
    may: ['engine', 'workflows', 'activities', 'connectors', 'store', 'temporal.config.ts'],
    why: 'service/ is below cli/; it talks to panel/ and sandbox/ only over HTTP.',
  },
  sandbox: {
    may: [],
    why: 'sandbox/ imitates other companies’ servers: sharing code with our clients would hide the clients’ mistakes.',
  },
}
/** Folders within those rooms that only turn data into text or JSON. */
const VIEWS = ['cli/views', 'service/api/views']
const FOLDERS = [...Object.keys(ROOMS), 'cli', 'panel', 'test', 'bench', 'scripts', 'temporal.config.ts']

const zones = [
  ...Object.entries(ROOMS).flatMap(([room, { may, why }]) =>
    FOLDERS.filter((folder) => folder !== room && !may.includes(folder)).map((from) => ({
      target: `./${room}`,
      from: `./${from}`,
      message: why,
    })),
  ),
  ...VIEWS.map((folder) => ({
    target: `./${folder}`,
    from: './activities',
    message:
      'Views only show what they are given: wording about rules, changes and launches belongs in engine/, and what must be looked up is passed in by the caller.',
  })),
]

export default defineConfig(
  globalIgnores(['dist', 'node_modules', '.tetik', 'coverage', 'panel/dist']),
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'bin/*.js', 'scripts/*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } }),
      ],
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-duplicates': ['error', { 'prefer-inline': true }],
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', ['parent', 'sibling', 'index']],
          alphabetize: { order: 'asc', caseInsensitive: true },
          'newlines-between': 'always',
          named: true,
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.test.ts', 'test/**', 'bench/**'],
    rules: { 'import-x/no-restricted-paths': ['error', { zones }] },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'A workflow must be deterministic: do this in an activity.' },
            {
              group: ['**/activities/**'],
              allowTypeImports: true,
              message: 'Import the types only (`import type`): the code would be bundled into the workflow sandbox.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['{activities,service,cli,workflows,connectors,engine}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression > MemberExpression[property.name=/^(selectFrom|insertInto|updateTable|deleteFrom)$/]',
          message: 'SQL lives in store/: put the query into the file of its subject there, named after what it returns.',
        },
        {
          selector: 'ImportDeclaration[source.value="kysely"]',
          message: 'SQL lives in store/: nothing else imports kysely.',
        },
      ],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['scripts/**', 'cli/**', 'bench/**', 'bin/**', 'test/**'], rules: { 'no-console': 'off' } },
)
