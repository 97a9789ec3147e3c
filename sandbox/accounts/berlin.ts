/** The account abroad: sandals sold in Germany, in euros, in Berlin's time zone with daylight saving time. */

import type { Account } from '../delivery/account.js'

export const BERLIN: Account = {
  number: 1,
  id: '2026000001',
  name: 'Moda DE',
  business: { id: '201122334455668', name: 'Moda Europe GmbH', country: 'DE' },
  currency: 'EUR',
  timezoneName: 'Europe/Berlin',
  timezoneId: 47,
  page: { id: '110022003300441', name: 'Moda DE' },
  pixel: { id: '774411225588331', name: 'Moda DE web' },
  website: 'modade.example',
  payment: { card: 'MASTERCARD *5100' },
  campaigns: [
    {
      key: 'sandalen',
      name: 'DE | Sandalen | Verkauf',
      objective: 'OUTCOME_SALES',
      born: [-100, 9],
      adsets: [
        {
          key: 'frauen-breit',
          name: 'Frauen 25-54 | Breit',
          born: [-100, 9],
          dailyBudget: 6_000,
          profile: {
            purchaseCost: 1_150,
            mille: 640,
            linkRate: 0.0121,
            orderValue: 5_400,
            appetite: 0.97,
            weight: 1,
            audience: 2_100_000,
          },
          targeting: {
            geo_locations: { countries: ['DE'], location_types: ['home', 'recent'] },
            age_min: 25,
            age_max: 54,
            genders: [2],
            targeting_automation: { advantage_audience: 0 },
          },
          ads: ['Sandalen | Video | Strand', 'Sandalen | Karussell | Bestseller'],
        },
      ],
    },
  ],
}
