/** An ad account's assets: page, Instagram account, pixel, audiences and custom conversions. */

import type { Account } from '../delivery/account.js'

/** An asset with a node in the Graph API; `fields` are as Graph returns them, including `id`. */
export interface Asset {
  readonly type: 'AdsPixel' | 'CustomAudience' | 'CustomConversion' | 'IGMedia' | 'IGUser' | 'Page'
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
}

const numbered = (start: string, { number }: Account, index: number): string =>
  `${start}${String(number).padStart(2, '0')}${String(index).padStart(4, '0')}`

const asset = (type: Asset['type'], id: string, fields: Record<string, unknown>): Asset => ({
  type,
  id,
  fields: { id, ...fields },
})

export function assetsOf(account: Account): readonly Asset[] {
  const { page, pixel, business } = account
  const owner = { id: business.id, name: business.name }
  const instagram = asset('IGUser', instagramId(account), {
    username: page.name.toLocaleLowerCase('en').replace(/[^a-z0-9]+/g, '.'),
    name: page.name,
    is_published: true,
  })
  return [
    asset('Page', page.id, {
      name: page.name,
      category: 'Clothing (Brand)',
      is_published: true,
      promotion_eligible: true,
      instagram_business_account: { id: instagram.id },
      link: `https://www.facebook.com/${page.id}`,
      website: `https://${account.website}`,
    }),
    instagram,
    ...postsOf(account, instagram),
    asset('AdsPixel', pixel.id, {
      name: pixel.name,
      is_unavailable: false,
      enable_automatic_matching: true,
      first_party_cookie_status: 'FIRST_PARTY_COOKIE_ENABLED',
      data_use_setting: 'ADVERTISING_AND_ANALYTICS',
      owner_business: owner,
      owner_ad_account: { id: `act_${account.id}`, account_id: account.id },
    }),
    ...audiencesOf(account),
    asset('CustomConversion', numbered('77441122', account, 1), {
      account_id: account.id,
      name: `${page.name} | Büyük sepet`,
      custom_event_type: 'PURCHASE',
      rule: '{"and":[{"event":{"eq":"Purchase"}},{"value":{"gt":"1000"}}]}',
      pixel: { id: pixel.id },
      data_sources: [{ id: pixel.id, name: pixel.name, source_type: 'PIXEL' }],
      is_archived: false,
      is_unavailable: false,
      retention_days: 90,
    }),
  ]
}

/** Returns posts on Instagram that an ad may use. */
function postsOf(account: Account, { id: owner, fields: { username } }: Asset): Asset[] {
  return ['Yeni sezon', 'Perde arkası'].map((caption, index) =>
    asset('IGMedia', numbered('17900000000', account, index + 1), {
      caption: `${caption} | ${account.name}`,
      media_type: 'IMAGE',
      media_product_type: 'FEED',
      owner: { id: owner },
      username,
      permalink: `https://www.instagram.com/p/${numbered('S', account, index + 1)}/`,
    }),
  )
}

const instagramId = (account: Account): string => numbered('17841400000', account, 1)

/** Returns three audiences: purchasers, website visitors, and a lookalike of the purchasers. */
function audiencesOf(account: Account): Asset[] {
  const seeds = [
    ['Alışveriş yapanlar | 180 gün', 'WEBSITE', 21_400],
    ['Site ziyaretçileri | 30 gün', 'WEBSITE', 148_000],
    ['Benzer %1 | Alışveriş yapanlar', 'LOOKALIKE', 480_000],
  ] as const
  return seeds.map(([name, subtype, size], index) =>
    asset('CustomAudience', numbered('120208000000', account, index + 1), {
      account_id: account.id,
      name,
      subtype,
      approximate_count_lower_bound: size,
      approximate_count_upper_bound: Math.round(size * 1.18),
      retention_days: subtype === 'LOOKALIKE' ? undefined : index === 0 ? 180 : 30,
      pixel_id: subtype === 'LOOKALIKE' ? undefined : account.pixel.id,
      lookalike_spec:
        subtype === 'LOOKALIKE'
          ? {
              country: account.business.country,
              ratio: 0.01,
              origin: [{ id: numbered('120208000000', account, 1), name: seeds[0][0] }],
            }
          : undefined,
      delivery_status: { code: 200, description: 'This audience is ready for use.' },
      operation_status: { code: 200, description: 'Normal' },
      is_value_based: false,
    }),
  )
}
