/**
 * The style of the pages of systems, on top of the dictionary’s: same colours, same narrow form.
 */
export const systemsStyle = `
.systems{max-width:1560px;margin:0 auto}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.sum{font-size:16px;display:flex;flex-wrap:wrap;gap:4px 20px;align-items:center}.sum b{font-size:20px;font-variant-numeric:tabular-nums}
.sum .part{color:var(--ink)!important;background:none!important;white-space:nowrap}
.dot{display:inline-block;width:10px;height:10px;border-radius:50%;margin-right:6px;background:currentColor!important;border:1px solid}
.is-answering{color:var(--green);background:var(--greenbg)}.is-away{color:var(--red);background:var(--redbg)}
.is-onboarding{color:var(--violet);background:var(--violetbg)}.is-withdrawn,.is-unknown{color:var(--soft);background:var(--faint)}
.filter{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:10px 0 14px;font-size:14px}.filter[hidden]{display:none}
.filter input,.filter select{font:inherit;height:36px;padding:0 8px;border:1px solid var(--soft);border-radius:6px;background:var(--ground);color:var(--ink)}
.filter input{width:240px}.filter select{max-width:220px}.filter output{color:var(--soft)}
.list thead th span{font-weight:400;font-size:12px}.list thead th{line-height:1.3}
.list tbody th{min-width:190px}.list td{white-space:nowrap}.list td.contracts,.list td[data-l=状态] .note{white-space:normal}.list td[data-l=状态]{max-width:230px}.list td.contracts{max-width:220px;font-size:13px}
.list tr[hidden]{display:none!important}.list tr[data-state=away]{background:color-mix(in srgb,var(--redbg) 45%,transparent)}
.list summary{cursor:pointer}.list .note .en{font-size:1em}
.mark>span{font-size:.92em}
.steps{list-style:none;display:flex;flex-wrap:wrap;margin:0;padding:0;font-size:13px;white-space:nowrap}
.steps li{position:relative;padding-right:14px}.steps li:not(:last-child)::after{content:"›";position:absolute;right:4px;color:var(--soft)}
.steps li>span[aria-hidden]{margin-right:2px}.steps .done{color:var(--green)}.steps .ahead{color:var(--soft)}
.systems time{white-space:nowrap}.none-yet{color:var(--soft)}
.warn{border:1px solid;border-radius:8px;padding:10px 14px;color:var(--amber);background:var(--amberbg)}.warn .en{color:inherit}.warn[hidden]{display:none}
.made{color:var(--soft);font-size:13px;margin-top:20px}
.back{margin:0 0 8px}.events{list-style:none;margin:0;padding:0}.events li,.plain-list li{padding:5px 0;border-bottom:1px solid var(--line)}.events time{color:var(--soft);margin-right:10px;font-variant-numeric:tabular-nums}
.plain-list{list-style:none;margin:0;padding:0}.plain-list .note{display:inline;margin-left:6px}.facts .note{display:inline;margin-left:4px}
.systems section{margin-top:28px}.facts dd{align-self:center}
@media(max-width:1250px){.list td .note{white-space:normal}}
@media(min-width:1251px){.list .steps{flex-wrap:nowrap}}
@media(max-width:860px){
.filter label{display:flex;align-items:center;gap:8px;width:100%}.filter input,.filter select{flex:1;width:auto;max-width:none;min-width:0}
.list tbody th{min-width:0}.list td{white-space:normal}.list td.contracts{max-width:none}.list td .mark{margin-right:6px}
.list .steps{display:inline-flex;vertical-align:top;font-size:12px}.list .steps li{padding-right:11px}.list .steps li:not(:last-child)::after{right:3px}.list td[data-l=状态]{max-width:none}.list td[data-l]{display:grid!important;grid-template-columns:64px minmax(0,1fr);gap:0 8px;align-items:baseline}
.list td[data-l]::before{grid-row:1/9}.list td[data-l]>*{grid-column:2;justify-self:start}.list td .note{margin-left:0!important;display:block!important}
}`;
