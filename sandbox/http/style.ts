/** The page's style; it loads nothing from outside. */

export const STYLE = `
:root { color-scheme: light dark; --line: #8883; --soft: #8881 }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; font: 14px/1.45 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.4rem } h2 { font-size: 1rem; margin: 1rem 0 .4rem } small { opacity: .65; font-weight: normal }
main { display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: 1.5rem }
@media (max-width: 60rem) { main { grid-template-columns: 1fr } }
table { width: 100%; border-collapse: collapse } th, td { padding: .25rem .5rem; text-align: left; border-bottom: 1px solid var(--line) }
.campaign td { font-weight: 600; background: var(--soft) } .adset td:first-child { padding-left: 1.4rem }
td:nth-child(n+3) { font-variant-numeric: tabular-nums } .ACTIVE { color: #1a8a4a } .PAUSED, .CAMPAIGN_PAUSED { color: #b45309 }
.log { font: 12px/1.4 ui-monospace, monospace } .log td { word-break: break-all } .faults { color: #b91c1c }
.phone { border: 1px solid var(--line); border-radius: 1.2rem; padding: .8rem; background: #e8dfd633; display: flex; flex-direction: column; gap: .5rem }
.bubble { max-width: 85%; padding: .4rem .7rem; border-radius: .8rem; background: #fff; color: #111; overflow-wrap: anywhere }
.bubble p { margin: 0; white-space: pre-wrap } .bubble.in { align-self: flex-end; background: #d5f6c8 } .time { display: block; text-align: right }
.bubble button { width: 100%; margin-top: .3rem; border: 0; border-top: 1px solid #0002; background: none; color: #0369a1; padding: .3rem; cursor: pointer }
.write { display: flex; gap: .4rem } .write input { flex: 1; min-width: 0; padding: .4rem .6rem; border-radius: 1rem; border: 1px solid var(--line) }
.empty { opacity: .6 } .person { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .5rem } .person small { flex-basis: 100%; overflow-wrap: anywhere }
`
