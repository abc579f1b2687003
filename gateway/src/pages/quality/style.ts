/**
 * The style of the pages of quality, on top of that of the systems' pages: same colours, same narrow form.
 */
export const qualityStyle = `
.ways{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}.ways a{padding:4px 12px;border:1px solid var(--line);border-radius:16px;font-size:14px}.ways a[aria-current]{background:var(--head);color:#fff;border-color:var(--head)}
.is-good{color:var(--green);background:var(--greenbg)}.is-fair{color:var(--amber);background:var(--amberbg)}.is-poor{color:var(--red);background:var(--redbg)}.is-none{color:var(--soft);background:var(--faint)}
.wide{overflow-x:auto}.matrix th[scope=row]{min-width:118px;position:sticky;left:0;background:var(--ground)}.wide thead th{top:0}.matrix td{padding:0;border:1px solid var(--line);min-width:76px}.matrix td a{display:block;padding:8px 10px;color:inherit}.matrix td b{font-size:16px;white-space:nowrap;font-variant-numeric:tabular-nums}.matrix td .note{color:inherit;font-size:12px}
.matrix td.empty{background:var(--panel)}.matrix thead th{white-space:normal;vertical-align:top;max-width:150px;padding-inline:7px;overflow-wrap:break-word;hyphens:auto}.matrix thead [lang=en]{display:block;font-size:11px;line-height:1.3}
.quality section.warn ul{margin:4px 0;padding-left:20px}
.quality svg{display:block;width:100%;height:auto;max-width:960px}.quality svg line{stroke:var(--line)}.quality svg.time{height:26px}
rect.accepted,.swatch.accepted,rect.sameDay,.swatch.sameDay,rect.wanted{fill:#2f8f5b;background:#2f8f5b}rect.waiting,.swatch.waiting,rect.days2To3,.swatch.days2To3{fill:#8fb84a;background:#8fb84a}
rect.days4To7,.swatch.days4To7{fill:#e0a030;background:#e0a030}rect.refused,.swatch.refused,rect.later,.swatch.later{fill:#c8414f;background:#c8414f}rect.ahead,.swatch.ahead,rect.extra{fill:#7f5bc0;background:#7f5bc0}rect.back{fill:var(--faint)}
.axis{display:flex;justify-content:space-between;gap:12px;max-width:960px;font-size:12px;color:var(--soft);margin:2px 0 6px;font-variant-numeric:tabular-nums}.axis .en{font-size:1em}.axis span{white-space:nowrap}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:13px}.key .part{color:var(--ink);background:none}.swatch{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
.measures{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:10px;padding:0;margin:14px 0}.measures li{border:1px solid;border-radius:8px;padding:10px 14px}.measures b{display:block;font-size:24px;font-variant-numeric:tabular-nums}
.stages{list-style:none;padding:0;max-width:960px}.stages li{display:grid;grid-template-columns:170px 1fr 80px;gap:12px;align-items:center;padding:4px 0}.stages svg{height:14px}.stages b{text-align:right;font-variant-numeric:tabular-nums}
.grade{display:inline-block;padding:0 8px;border-radius:4px}
@media(max-width:860px){.matrix th[scope=row]{min-width:0;position:static}.matrix td{min-width:0;padding:0!important}.matrix td.empty{display:none!important}.matrix td a{display:flex;gap:10px;align-items:baseline;flex:1}.matrix td[data-l]{display:grid!important;grid-template-columns:112px minmax(0,1fr)}.matrix td[data-l]::before{padding:8px 10px}
.stages li{grid-template-columns:110px 1fr 48px}.quality td.number{text-align:left}.axis .en{display:none}}
`;
