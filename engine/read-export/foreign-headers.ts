/** Recognises exports in other languages by their headers, so that the error can say what to do. */

import { headerKey, readHeader, withoutCurrency } from './header-names.js'

/** The first header of each language is the amount spent. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  German: [
    ...[
      'ausgegebener betrag',
      'kampagnenname',
      'name der kampagne',
      'kampagne',
      'name der anzeigengruppe',
      'anzeigengruppenname',
    ],
    ...['anzeigengruppe', 'anzeigenname', 'name der anzeige', 'anzeigen', 'impressionen', 'reichweite', 'frequenz', 'häufigkeit'],
    ...[
      'ergebnisse',
      'ergebnisindikator',
      'ergebnisart',
      'link-klicks',
      'klicks (alle)',
      'käufe',
      'website-käufe',
      'tag',
      'datum',
    ],
    ...['berichtsstart', 'berichtsende', 'auswertungsstart', 'auswertungsende', 'kosten pro ergebnis', 'auslieferung'],
    ...['auslieferung der kampagne', 'kampagnenauslieferung', 'conversion-wert von käufen', 'alter', 'geschlecht'],
  ],
  French: [
    ...['montant dépensé', 'nom de la campagne', "nom de l'ensemble de publicités", 'nom de la publicité', 'publicités'],
    ...['couverture', 'portée', 'répétition', 'fréquence', 'résultats', 'indicateur de résultats', 'type de résultat'],
    ...['clics sur un lien', 'clics sur le lien', 'clics (tous)', 'achats', 'valeur de conversion des achats', 'jour'],
    ...['début des rapports', 'fin des rapports', 'coût par résultat', 'coût par résultats', 'diffusion de la campagne'],
    ...['diffusion', 'âge', 'genre', 'impressions'],
  ],
  Spanish: [
    ...['importe gastado', 'nombre de la campaña', 'nombre del conjunto de anuncios', 'nombre del anuncio', 'anuncios'],
    ...['impresiones', 'alcance', 'frecuencia', 'resultados', 'indicador de resultado', 'indicador de resultados'],
    ...['tipo de resultado', 'clics en el enlace', 'clics (todos)', 'compras', 'valor de conversión de compras', 'día', 'fecha'],
    ...['inicio del informe', 'fin del informe', 'costo por resultado', 'costo por resultados', 'coste por resultado'],
    ...['coste por resultados', 'entrega de la campaña', 'estado de la entrega', 'edad', 'sexo'],
  ],
  Portuguese: [
    ...['valor usado', 'valor gasto', 'montante gasto', 'nome da campanha', 'nome do conjunto de anúncios', 'nome do anúncio'],
    ...['anúncios', 'impressões', 'alcance', 'frequência', 'resultados', 'indicador de resultados', 'tipo de resultado'],
    ...['cliques no link', 'cliques (todos)', 'compras', 'valor de conversão da compra', 'dia', 'início dos relatórios'],
    ...['encerramento dos relatórios', 'término dos relatórios', 'custo por resultado', 'custo por resultados'],
    ...['veiculação da campanha', 'idade', 'gênero'],
  ],
  Italian: [
    ...['importo speso', 'nome della campagna', 'nome del gruppo di inserzioni', "nome dell'inserzione", 'impressioni'],
    ...['copertura', 'frequenza', 'risultati', 'clic sul link', 'clic (tutti)', 'costo per risultato', 'giorno', 'età', 'genere'],
  ],
  Arabic: [
    ...['المبلغ الذي تم إنفاقه', 'المبلغ المنفق', 'اسم الحملة', 'اسم مجموعة الإعلانات', 'اسم المجموعة الإعلانية', 'اسم الإعلان'],
    ...['مرات الظهور', 'الوصول', 'التكرار', 'النتائج', 'مؤشر النتيجة', 'نقرات الرابط', 'النقرات على الرابط', 'عمليات الشراء'],
    ...['قيمة تحويل عمليات الشراء', 'اليوم', 'بداية التقارير', 'نهاية التقارير', 'بدء التقارير', 'انتهاء التقارير'],
    ...['التكلفة لكل نتيجة', 'عرض الحملة', 'العمر', 'الجنس'],
  ],
}

const BY_LANGUAGE = Object.entries(HEADERS).map(([language, names]) => {
  const keys = names.map(headerKey)
  return { language, spend: keys[0]!, names: new Set(keys) }
})

/** Returns the language of the headers if it is not supported; null if the amount spent, or enough other headers, are in a supported one. */
export function foreignLanguageOf(headers: readonly string[]): string | null {
  const keys = headers.map((header) => headerKey(withoutCurrency(header).name))
  const known = headers.filter((header) => readHeader(header).heading !== null)
  if (known.some((header) => measuresOf(header).includes('spend'))) return null
  let best: { readonly language: string; readonly count: number } | null = null
  for (const { language, spend, names } of BY_LANGUAGE) {
    const count = keys.filter((key) => names.has(key)).length
    const ours = known.filter((header) => !names.has(headerKey(withoutCurrency(header).name))).length
    const isForeign = (count >= 2 && count > ours) || keys.includes(spend)
    if (isForeign && (best === null || count > best.count)) best = { language, count }
  }
  return best?.language ?? null
}

function measuresOf(header: string): readonly string[] {
  const { heading } = readHeader(header)
  return heading?.kind === 'measure' ? heading.measures.map(({ measure }) => measure) : []
}
