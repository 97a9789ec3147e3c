/** Imported before all else: an old Node should hear what is wrong, not stumble over what it doesn't know. */

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tetik needs Node 20.19 or newer, and this is ${process.version} (${process.execPath}).`)
  console.error('Install a newer one from nodejs.org or with your version manager (for example: nvm install 22), then try again.')
  process.exit(2)
}
