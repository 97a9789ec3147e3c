// cron-parser's main file brings a reader of crontab files with it, and that needs `fs`, which a workflow's bundle may not
// hold. The parser alone is reached by its path, for which the package ships its types elsewhere.
declare module 'cron-parser/dist/CronExpressionParser.js' {
  export { CronExpressionParser } from 'cron-parser'
}
