import { describe, expect, it } from 'vitest'

import { BREAKDOWNS, FIELDS, MEASURES } from './ads-manager-headers.js'
import { foreignLanguageOf } from './foreign-headers.js'
import { headerKey, readHeader } from './header-names.js'

const named = (header: string): string | null => {
  const { heading } = readHeader(header)
  if (heading === null) return null
  if (heading.kind === 'field') return heading.field
  return heading.kind === 'breakdown' ? 'breakdown' : (heading.measures[0]?.measure ?? null)
}

describe('headers of Ads Manager', () => {
  it.each([
    ['Rapor Sonu', 'until'],
    ['RAPOR BAŞLANGICI', 'since'],
    ['Rapor Baslangici', 'since'],
    ['KAMPANYA ADI', 'campaign_name'],
    ['Ads', 'ad_name'],
    ['Reklamlar', 'ad_name'],
    ['Reklam setleri', 'adset_name'],
    ['Yönlendirme sayfası görüntülemeleri', 'landing_page_views'],
    ['Dışarı yönlendiren tıklamalar', 'outbound_clicks'],
    ['Başlatılan mesajlaşma konuşmaları', 'messages'],
    ['Alışverişler', 'purchases'],
    ['Alışveriş dönüşüm değeri', 'revenue'],
    ['Web Sitesi Alışverişleri', 'purchases'],
    ['Web sitesi alışverişleri dönüşüm değeri', 'revenue'],
    ['SIKLIK', 'frequency'],
    ['Harcanan Tutar (TRY)', 'spend'],
    ['Harcanan Tutar (₺)', 'spend'],
    ['Amount spent (R$)', 'spend'],
    ['Ad set budget', 'adset_budget'],
    ['Ad set budget type', 'adset_budget_type'],
    ['Campaign budget', 'campaign_budget'],
    ['Reklam seti bütçesi', 'adset_budget'],
    ['Kampanya bütçesi türü', 'campaign_budget_type'],
    ['Yaş', 'breakdown'],
    ['CTR (all)', null],
    ['Cost per results', null],
    ['Results (initial)', null],
  ])('%s', (header, expected) => {
    expect(named(header)).toBe(expected)
  })

  it('know both Turkish words for "website"', () => {
    const all = Object.entries(MEASURES).flatMap(([measure, names]) => names.map((name) => [measure, name] as const))
    const twins = all
      .filter(([, name]) => /^internet sitesi/.test(name))
      .map(([measure, name]) => [measure, name.replace('internet sitesi', 'web sitesi')])
    expect(twins.length).toBeGreaterThan(0)
    expect(twins.map(([, name]) => [named(name!), name])).toEqual(twins)
  })

  it('each belong to only one column', () => {
    const all = [...Object.values(FIELDS), ...Object.values(MEASURES), BREAKDOWNS].map((names) => new Set(names.map(headerKey)))
    const keys = all.flatMap((names) => [...names])
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it.each([
    ['Amount spent (TRY)', 'TRY'],
    ['Harcanan Tutar (₺)', 'TRY'],
    ['Amount spent (R$)', 'BRL'],
    ['Amount spent ($)', null],
    ['Clicks (all)', null],
  ])('%s is in %s', (header, currency) => {
    expect(readHeader(header).currency).toBe(currency)
  })
})

describe('headers in other languages', () => {
  it.each([
    ['German', 'Tag;Kampagnenname;Ausgegebener Betrag (EUR);Impressionen'],
    ['French', 'Nom de la campagne;Nom de l’ensemble de publicités;Montant dépensé (EUR);Impressions;Portée'],
    ['Spanish', 'Nombre de la campaña;Día;Importe gastado (MXN);Impresiones;Alcance;Resultados'],
    ['Portuguese', 'Nome da campanha;Valor usado (BRL);Alcance;Impressões;Resultados;ThruPlays'],
    ['Arabic', 'اسم الحملة;المبلغ الذي تم إنفاقه (EGP);مرات الظهور;الوصول'],
    [null, 'date;spend;Importe gastado (USD);Impresiones;Alcance;Resultados'],
    ['Arabic', 'اسم الحملة;\u200fالمبلغ الذي تم إنفاقه (EGP)\u200f;مرات الظهور'],
    [null, 'spend;tag;alter'],
    ['Spanish', 'Impressions;Impresiones;Alcance;Resultados'],
    [null, 'date;campaign_name;spend;impressions;Alcance;Resultados'],
    [null, 'Day;Campaign name;Amount spent (EUR);Impressions;Reach'],
    [null, 'Gün;Kampanya adı;Harcanan Tutar (TRY);Gösterim'],
    [null, 'a;b;c'],
  ])('%s: %s', (language, headers) => {
    expect(foreignLanguageOf(headers.split(';'))).toBe(language)
  })
})
