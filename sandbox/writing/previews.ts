/** `previews` of an ad or a creative, and `generatepreviews` of one that does not exist yet: an HTML iframe with the ad. */

import { valuesOf } from '../catalog/catalog.js'
import { enumParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { required } from '../request/required.js'
import type { GraphObject } from '../state/objects.js'
import { readAdCreative } from './ad.js'

interface Previews {
  readonly data: ReadonlyArray<{ readonly body: string }>
}

export function previewsOf(call: Call, object: GraphObject): Previews {
  const shown = object.kind === 'ad' ? String(object.fields.creative) : object.id
  return preview(call, shown)
}

/** @throws GraphError 100 for an invalid creative */
export function generatePreviews(call: Call): Previews {
  const creative = readAdCreative(call)
  return preview(call, typeof creative === 'string' ? creative : 'new')
}

/** As at Meta, the answer is markup that loads the ad from elsewhere, not the ad itself. */
function preview({ parameters }: Call, creative: string): Previews {
  const format = required(enumParameter(parameters, 'ad_format', valuesOf('AdPreview', 'AdFormat')), 'ad_format')
  const source = `https://www.facebook.com/ads/api/preview_iframe.php?d=${creative}&amp;ad_format=${format}`
  return { data: [{ body: `<iframe src="${source}" width="335" height="450" scrolling="yes" style="border: none;"></iframe>` }] }
}
