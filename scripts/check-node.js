/** Imported first, so that an old Node reports this error and not a syntax error. */

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tetik needs Node 20.19 or newer, and this is ${process.version} (${process.execPath}).`)
  console.error('Install a newer one from nodejs.org or with your version manager (for example: nvm install 22), then try again.')
  process.exit(2)
}
