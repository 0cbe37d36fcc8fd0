/** Readable on a phone, in the dark and on paper; no font, image or script is fetched. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#5b6470;--line:#d8dde3;--current:#e8a33d;--reference:#1f5fa8;--bad:#a3230f;--good:#1b6b3a}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--paper:#14171b;--soft:#a3adb8;--line:#333a43;--current:#c9872a;--reference:#8ebcf0;--bad:#ff9d8a;--good:#7fd6a2}}
*{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:1.25rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:0;overflow-wrap:anywhere}p{margin:.25rem 0}.soft{color:var(--soft)}
.verdict{display:inline-block;font-weight:700;border:2px solid;border-radius:.4rem;padding:.1rem .6rem;margin-right:.5rem}.OK{color:var(--good)}.WARNING,.CRITICAL,.UNKNOWN{color:var(--bad)}
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}th:first-child,td:first-child{text-align:left}th[scope=row]{font-weight:600}.words td{overflow-wrap:anywhere}.words th,.words td{text-align:left;white-space:normal;vertical-align:top}td.OK,td.WARNING,td.CRITICAL,td.UNKNOWN{font-weight:700}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}.card{border:1px solid var(--line);border-radius:.5rem;padding:.9rem;break-inside:avoid}.card.drifted{border-left:.4rem solid var(--bad)}
svg{width:100%;height:auto;display:block;margin-top:.5rem}svg .current{fill:var(--current);opacity:.75}svg .reference{fill:none;stroke:var(--reference);stroke-width:1.6}svg .axis line{stroke:var(--line)}svg .axis text{fill:var(--soft);font-size:12px}
.key i{display:inline-block;width:.9rem;height:.9rem;vertical-align:-.1rem;margin:0 .3rem 0 .8rem}.key .k-reference{border:2px solid var(--reference)}.key .k-current{background:var(--current)}
@media print{body{max-width:none;padding:0;font-size:11px}.cards{grid-template-columns:1fr 1fr}}
`;
