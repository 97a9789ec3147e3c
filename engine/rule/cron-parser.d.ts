// cron-parser's main file also exports a reader of crontab files, which needs `fs`, and a workflow's bundle must not contain
// that. So the parser alone is imported by its path, for which the package has no types.
declare module 'cron-parser/dist/CronExpressionParser.js' {
  export { CronExpressionParser } from 'cron-parser'
}
