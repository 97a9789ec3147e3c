/** The sentence of each reason in English and Turkish; `{name}` is replaced by the fact of that name. */

/** Names are in quotes or at the end of a sentence, since in Turkish they would have to be inflected anywhere else. */
export const SENTENCES = {
  stop: {
    en: 'The account’s rules are stopped: {why}.',
    tr: 'Hesabın kuralları durduruldu: {why}.',
  },
  breaker: {
    en: 'Too many actions failed in the last hour ({failed}; the limit is {limit}), so the rules wait.',
    tr: 'Son bir saatte çok fazla işlem başarısız oldu ({failed}; sınır {limit}, kurallar bekliyor).',
  },
  freeze: {
    en: 'Changes are frozen from {since} to {until}.',
    tr: 'Bu dönemde değişiklik yapılmıyor: {since} – {until}.',
  },
  protect: {
    en: '“{name}” is protected by “{pattern}”.',
    tr: '“{name}” korunuyor (“{pattern}”).',
  },
  'protect-beneath': {
    en: 'Pausing it would also stop “{name}”, which is protected by “{pattern}”.',
    tr: 'Duraklatılırsa “{name}” de durur; o ise korunuyor (“{pattern}”).',
  },
  'hands-off-status': {
    en: 'A person paused or started it on {at}; rules leave that alone for {handsOff}.',
    tr: 'Bir kişi yayın durumunu değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'hands-off-budget': {
    en: 'A person changed its budget on {at}; rules leave that alone for {handsOff}.',
    tr: 'Bir kişi bütçesini değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'hands-off-bid': {
    en: 'A person changed its bid on {at}; rules leave that alone for {handsOff}.',
    tr: 'Bir kişi teklifini değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'hands-off-status-by': {
    en: '“{who}” paused or started it on {at}; rules leave that alone for {handsOff}.',
    tr: '“{who}” yayın durumunu değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'hands-off-budget-by': {
    en: '“{who}” changed its budget on {at}; rules leave that alone for {handsOff}.',
    tr: '“{who}” bütçesini değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'hands-off-bid-by': {
    en: '“{who}” changed its bid on {at}; rules leave that alone for {handsOff}.',
    tr: '“{who}” teklifini değiştirdi ({at}); kurallar {handsOff} boyunca buna dokunmaz.',
  },
  'outage-stale': {
    en: 'The account’s data is stale: the last successful reading was on {at}.',
    tr: 'Hesabın verileri güncel değil: son başarılı okuma {at}.',
  },
  'outage-unread': {
    en: 'The account’s data has never been read completely.',
    tr: 'Hesabın verileri henüz tam olarak okunamadı.',
  },
  'outage-results': {
    en: 'The account’s results are abnormally near zero: {actual} so far today, where {usual} are usual by now.',
    tr: 'Hesabın sonuçları olağan dışı biçimde sıfıra yakın: bugün {actual}, bu saatte olağan olan {usual}.',
  },
  learning: {
    en: 'It is in its learning phase, in which only pausing is allowed.',
    tr: 'Öğrenme aşamasında; bu sırada yalnızca duraklatılabilir.',
  },
  'last-adset': {
    en: 'It is the last delivering ad set of its campaign.',
    tr: 'Kampanyasının yayındaki son reklam seti.',
  },
  'last-adset-unknown': {
    en: 'It is not known whether its campaign has another delivering ad set.',
    tr: 'Kampanyasında yayında başka reklam seti olup olmadığı bilinmiyor.',
  },
  'actions-per-hour': {
    en: 'The account’s limit of {limit} actions per hour is reached ({count} in the last hour).',
    tr: 'Hesapta son bir saatte {count} işlem yapıldı; sınır {limit}.',
  },
  'actions-per-day': {
    en: 'The account’s limit of {limit} actions per day is reached ({count} today).',
    tr: 'Hesapta bugün {count} işlem yapıldı; sınır {limit}.',
  },
  step: {
    en: 'From {before} to {target} is a step of {step}, and the largest allowed is {limit}.',
    tr: '{before} → {target} değişikliği {step} eder; izin verilen en büyük adım {limit}.',
  },
  'daily-change': {
    en: 'With {before} → {target}, the budget would have changed by {moved} today, and at most {limit} is allowed.',
    tr: '{before} → {target} ile bütçe bugün toplam {moved} değişmiş olur; günlük sınır {limit}.',
  },
  'ceiling-missing': {
    en: 'The account has no ceiling for its daily budgets, and without one no rule may raise a budget.',
    tr: 'Hesap için günlük bütçe tavanı belirlenmemiş; tavan olmadan hiçbir kural bütçe artıramaz.',
  },
  'ceiling-unknown': {
    en: 'The sum of the account’s daily budgets is unknown, so it cannot be checked against the ceiling of {limit}.',
    tr: 'Hesabın günlük bütçe toplamı bilinmiyor; {limit} tavanının aşılmayacağı kesin değil.',
  },
  ceiling: {
    en: 'The account’s daily budgets would add up to {total}, above the ceiling of {limit}.',
    tr: 'Hesabın günlük bütçe toplamı {total} olur; tavan {limit}.',
  },
  raise: {
    en: 'Rules would have raised the account’s daily budgets by {total} today, and at most {limit} is allowed.',
    tr: 'Kurallar bugün günlük bütçeleri toplam {total} artırmış olur; günlük sınır {limit}.',
  },
  'raise-unknown': {
    en: 'It is unknown by how much this raises the account’s daily spend, so it cannot be checked against the limit of {limit}.',
    tr: 'Hesabın günlük harcamasını ne kadar artıracağı bilinmiyor; {limit} sınırının aşılmayacağı kesin değil.',
  },
  'meta-budget-changes': {
    en: 'Meta allows {limit} budget changes an hour, and {count} were made.',
    tr: 'Meta bir saatte {limit} bütçe değişikliğine izin veriyor; {count} yapıldı.',
  },
  'minimum-budget': {
    en: '{target} is below Meta’s smallest budget of {limit}.',
    tr: '{target}, Meta’nın en küçük bütçesinin altında ({limit}).',
  },
  'minimum-lifetime-budget': {
    en: '{target} is too low: Meta requires a lifetime budget at least 10% above the {spent} already spent, which is {limit}.',
    tr: '{target} çok düşük: Meta, toplam bütçenin harcanan tutardan ({spent}) en az %10 fazla olmasını istiyor ({limit}).',
  },
  'no-budget': {
    en: 'It has no budget of its own, and none above it is known.',
    tr: 'Kendi bütçesi yok; üstünde de bilinen bir bütçe yok.',
  },
  'budgets-beneath': {
    en: 'Its budgets are on its ad sets, not on the campaign.',
    tr: 'Bütçeler kampanyada değil, reklam setlerinde.',
  },
  'budget-currency': {
    en: 'The rule’s amount is in {given}, and the account’s currency is {wanted}.',
    tr: 'Kuraldaki tutar {given}; hesabın para birimi ise {wanted}.',
  },
  'budget-under-way': {
    en: 'Another change of its budget is still in progress.',
    tr: 'Bütçesinde başka bir değişiklik hâlâ sürüyor.',
  },
  'budget-not-positive': {
    en: 'The new budget would not be above zero.',
    tr: 'Yeni bütçe sıfırdan büyük olmaz.',
  },
  'budget-already': {
    en: 'The budget is {before} already.',
    tr: 'Bütçe zaten {before}.',
  },
  'budget-at-max': {
    en: 'The budget of {before} is at the rule’s max of {limit} already.',
    tr: 'Bütçe ({before}) kuralın üst sınırında ({limit}).',
  },
  'budget-at-min': {
    en: 'The budget of {before} is at the rule’s min of {limit} already.',
    tr: 'Bütçe ({before}) kuralın alt sınırında ({limit}).',
  },
  'bid-step': {
    en: 'From {before} to {target} is a step of {step}, and the largest allowed for a bid is {limit}.',
    tr: '{before} → {target} değişikliği {step} eder; teklif için izin verilen en büyük adım {limit}.',
  },
  'bid-none': {
    en: 'Its bid strategy ({strategy}) has no bid amount.',
    tr: 'Teklif stratejisinin ({strategy}) bir teklif tutarı yok.',
  },
  'bid-unset': {
    en: 'It has no bid amount yet, so there is nothing to change by a percentage.',
    tr: 'Henüz bir teklif tutarı yok; yüzdeyle değiştirilecek bir şey de yok.',
  },
  'bid-not-positive': {
    en: 'The new bid would not be above zero.',
    tr: 'Yeni teklif sıfırdan büyük olmaz.',
  },
  'bid-already': {
    en: 'The bid is {before} already.',
    tr: 'Teklif zaten {before}.',
  },
  'bid-at-max': {
    en: 'The bid of {before} is at the rule’s max of {limit} already.',
    tr: 'Teklif ({before}) kuralın üst sınırında ({limit}).',
  },
  'bid-at-min': {
    en: 'The bid of {before} is at the rule’s min of {limit} already.',
    tr: 'Teklif ({before}) kuralın alt sınırında ({limit}).',
  },
  'name-already': {
    en: 'That is its name already.',
    tr: 'Adı zaten bu.',
  },
  'name-empty': {
    en: 'The new name would be empty.',
    tr: 'Yeni ad boş olur.',
  },
  'name-too-long': {
    en: 'The new name would have {count} characters, and at most {limit} are allowed.',
    tr: 'Yeni ad {count} karakter olur; sınır {limit}.',
  },
  'name-unknown': {
    en: 'The new name contains an unknown value.',
    tr: 'Yeni adda bilinmeyen bir değer var.',
  },
  'labels-already': {
    en: 'It has these labels already.',
    tr: 'Etiketleri zaten bunlar.',
  },
  'labels-too-many': {
    en: 'It would have {count} labels, and at most {limit} are allowed.',
    tr: '{count} etiketi olur; sınır {limit}.',
  },
  'group-budget': {
    en: 'The group “{group}” would spend {total} this month, above its monthly budget of {limit}.',
    tr: '“{group}” grubu bu ay {total} tutarına ulaşır; aylık bütçesi {limit}.',
  },
  'group-budget-unknown': {
    en: 'It is unknown how much the group “{group}” will spend this month, and its monthly budget is {limit}.',
    tr: '“{group}” grubunun bu ay ne kadar harcayacağı bilinmiyor; aylık bütçesi {limit}.',
  },
  'approval-outdated': {
    en: 'It was approved, but this has changed since the question was asked: {what}.',
    tr: 'Onaylandı, ama soru gönderildikten sonra şu değişti: {what}.',
  },
  'approval-outdated-budget': {
    en: 'It was approved, but its budget has changed since the question was asked: {before} → {now}.',
    tr: 'Onaylandı, ama bütçesi soru gönderildikten sonra değişti: {before} → {now}.',
  },
  'approval-outdated-bid': {
    en: 'It was approved, but its bid has changed since the question was asked: {before} → {now}.',
    tr: 'Onaylandı, ama teklifi soru gönderildikten sonra değişti: {before} → {now}.',
  },
  'not-paused-by-rule': {
    en: 'This rule did not pause it, so it must not start it.',
    tr: 'Bunu bu kural duraklatmadı, bu yüzden başlatamaz.',
  },
  'held-by-others': {
    en: 'It stays paused, because others paused it too: {holders}.',
    tr: 'Duraklatılmış kalıyor, çünkü başkaları da duraklattı: {holders}.',
  },
  'already-active': {
    en: 'It is active already.',
    tr: 'Zaten etkin.',
  },
  'already-paused': {
    en: 'It is paused already.',
    tr: 'Zaten duraklatılmış.',
  },
} as const satisfies Record<string, { readonly en: string; readonly tr: string }>

export type ReasonCode = keyof typeof SENTENCES
