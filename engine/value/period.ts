/** The periods that a report can be about. */

export const REPORT_PERIODS = ['daily', 'weekly'] as const
/** `daily` is about yesterday, `weekly` about the last whole week from Monday to Sunday. */
export type ReportPeriod = (typeof REPORT_PERIODS)[number]
