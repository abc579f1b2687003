/**
 * How the report's page looks: by day, by night, on a telephone and on paper.
 */

/** CSS, without an address in it. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #d9dfe6; --paper: #fff; --wash: #f4f6f9; --good: #12703d; --bad: #b3261e; --idle: #6b5a12; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf0; --soft: #a3afbd; --line: #36404c; --paper: #14181d; --wash: #1d232a; --good: #63d297; --bad: #ff9a90; --idle: #e3c766; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0; line-height: 1.3; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; }
span[lang=en] { color: var(--soft); font-size: .875em; font-weight: normal; }
code { font: .875em/1.5 ui-monospace, "Noto Sans Mono CJK SC", monospace; overflow-wrap: anywhere; }
.verdict { display: inline-block; margin: .75rem 0; padding: .25rem .75rem; border-radius: .375rem; border: 2px solid; font-weight: 700; font-size: 1.125rem; }
.verdict span { color: inherit; }
.verdict.passed, li.passed b, tr.passed .outcome { color: var(--good); }
.verdict.failed, li.failed b, tr.failed .outcome { color: var(--bad); }
li.skipped b, tr.skipped .outcome { color: var(--idle); }
dl { margin: .5rem 0; }
dl > div { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; padding: .2rem 0; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem 2rem; padding: 0; margin: 1rem 0 0; list-style: none; }
.counts b { font-size: 1.5rem; margin-right: .25rem; }
article { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: .375rem; padding: 1rem; margin: 0 0 1rem; }
article p { margin: .25rem 0; }
.fault { background: var(--wash); border-radius: .375rem; padding: .5rem .75rem; }
.fault > div { grid-template-columns: 6rem 1fr; }
.level { font-size: .75rem; letter-spacing: .04em; color: var(--soft); }
.small { font-size: .8125rem; color: var(--soft); margin: 0; }
.small span[lang=en] { font-size: 1em; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1.5rem; table-layout: fixed; }
caption { text-align: left; font-weight: 700; padding: .25rem 0; }
th { text-align: left; font-weight: normal; color: var(--soft); font-size: .8125rem; }
th, td { border-bottom: 1px solid var(--line); padding: .5rem .5rem .5rem 0; vertical-align: top; overflow-wrap: anywhere; }
th:first-child { width: 7.5rem; } th:last-child { width: 8rem; }
.outcome { font-weight: 600; }
.outcome span { font-weight: normal; }
a { color: inherit; }
@media (max-width: 40rem) { dl > div, .fault > div { grid-template-columns: 1fr; gap: 0; } th:first-child { width: 6.25rem; } th:last-child { width: 5.5rem; } td > span[lang=en], .outcome span[lang=en] { display: block; } }
@media print { body { max-width: none; padding: 0; } article, tr { break-inside: avoid; } }
`;
