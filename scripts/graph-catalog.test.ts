import { readFileSync } from 'node:fs'

import sdk from 'facebook-nodejs-business-sdk'
import { expect, it } from 'vitest'

import { CATALOG_SOURCES, fieldsOf } from '../sandbox/catalog/catalog.js'
import { nodeClass, pythonClass } from './sdk-classes.js'

it('the committed catalog was generated from the installed SDK', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../node_modules/facebook-nodejs-business-sdk/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  expect(CATALOG_SOURCES['npm facebook-nodejs-business-sdk']).toBe(version)
  for (const type of ['AdAccount', 'Campaign', 'AdSet', 'Ad', 'AdCreative', 'AdsInsights', 'AdImage', 'AdVideo', 'AdRule']) {
    expect(fieldsOf(type), type).toEqual(expect.arrayContaining(Object.values(sdk[type]?.Fields ?? {})))
  }
})

it('fields, values and calls are read from the generated classes', () => {
  const node = `static get Fields (): Object {
    return Object.freeze({
      id: 'id',
      name: 'name',
    });
  }
  static get Status (): Object {
    return Object.freeze({
      active: 'ACTIVE',
    });
  }`
  expect(nodeClass(node)).toEqual({ fields: ['id', 'name'], enums: { Status: ['ACTIVE'] } })
  const python = `class AdSet(
    AbstractCrudObject,
):
    class Field(AbstractObject.Field):
        id = 'id'
        status = 'status'

    class Status:
        active = 'ACTIVE'

    def get_ads(self, fields=None, params=None, batch=None):
        param_types = {
            'status': 'list<status_enum>',
        }
        enums = {
            'status_enum': AdSet.Status.__dict__.values(),
        }
        request = FacebookRequest(
            method='GET',
            endpoint='/ads',
        )

    _field_types = {
        'id': 'string',
        'status': 'Status',
    }
`
  expect(pythonClass(python, 'AdSet')).toEqual({
    fields: { id: 'string', status: 'Status' },
    enums: { Status: ['ACTIVE'] },
    calls: { 'GET /ads': { status: 'list<AdSet.Status>' } },
  })
})
