/**
 * Removes secrets from text that people or logs will see. Anything the server echoes of what we sent (a token in an error message,
 * a URL with a proof) is redacted before it becomes part of an error.
 */
export type Redact = (text: string) => string

const HIDDEN = '[hidden]'

/** Hides each secret wherever it occurs: as it is, URL-encoded or JSON-escaped, and any `access_token=` or `appsecret_proof=`. */
export function createRedactor(secrets: () => readonly string[]): Redact {
  return (text) => {
    let shown = text.replace(/((?:access_token|appsecret_proof|input_token)["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi, `$1${HIDDEN}`)
    for (const secret of secrets()) {
      if (secret.length === 0) continue
      for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
        shown = shown.replaceAll(form, HIDDEN)
      }
    }
    return shown
  }
}
