/**
 * The style of the dictionary's pages: system fonts, light and dark, desk, phone and paper. Contrast is AA or better.
 * @see WCAG 2.2 1.4.3, 2.4.7
 */
export const style = `
:root{color-scheme:light dark;--ink:#1a2230;--soft:#556070;--line:#d6dce5;--faint:#eef2f7;--ground:#fff;--panel:#f7f9fc;--link:#0a4fa0;--hit:#fff3c4;
--green:#14633b;--greenbg:#e4f4ea;--amber:#7a4a00;--amberbg:#fdf0d9;--red:#9b1c2e;--redbg:#fce8ea;--violet:#5a3494;--violetbg:#efe8fa;--head:#12345c}
@media(prefers-color-scheme:dark){:root{--ink:#e3e8f0;--soft:#a3afc0;--line:#364254;--faint:#1f2937;--ground:#10161f;--panel:#161e2a;--link:#8fc0ff;--hit:#4a3f14;
--green:#86dfaa;--greenbg:#133524;--amber:#f4c67a;--amberbg:#3b2a0c;--red:#ff9fab;--redbg:#451a22;--violet:#cdb4ff;--violetbg:#2e2147;--head:#0d2440}}
*{box-sizing:border-box}
html{scroll-padding-top:68px}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:3px solid #2f80ed;outline-offset:2px;border-radius:3px}.top :focus-visible{outline-color:#ffd54a}.top .found :focus-visible{outline-color:#2f80ed}
code,pre{font-family:ui-monospace,"SF Mono",Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;font-size:.92em}
.en{color:var(--soft);font-size:.9em}
.skip{position:absolute;left:-999px;background:var(--ground);padding:8px;z-index:9}.skip:focus{left:8px;top:8px}
.top{position:sticky;top:0;z-index:5;background:var(--head);color:#fff;display:flex;gap:4px 20px;align-items:center;padding:8px 24px;min-height:56px}
.top a{color:#fff}.top .name{font-weight:600;font-size:16px;white-space:nowrap}
.top nav{display:flex;gap:2px;white-space:nowrap}.top nav a{padding:6px 10px;border-radius:5px}.top nav a[aria-current]{background:#ffffff2b;font-weight:600}
.find{flex:1;max-width:560px;margin-left:auto;position:relative}
.find input{width:100%;height:38px;padding:0 12px;border:1px solid #ffffff55;border-radius:6px;font:inherit;background:var(--ground);color:var(--ink)}
.found{position:absolute;right:0;top:44px;width:min(760px,94vw);max-height:min(76vh,720px);overflow:auto;background:var(--ground);color:var(--ink);border:1px solid var(--line);border-radius:8px;box-shadow:0 12px 36px #0006}
.found p{margin:0;padding:8px 14px;color:var(--soft);font-size:13px;border-bottom:1px solid var(--line);position:sticky;top:0;background:var(--ground)}
.found ol{list-style:none;margin:0;padding:4px}
.top .found a{display:grid;grid-template-columns:58px 1fr;gap:0 10px;padding:7px 10px;border-radius:6px;color:var(--ink)}
.top .found a:hover,.top .found a:focus{background:var(--faint);text-decoration:none}
.found .kind{font-size:12px;color:var(--soft);padding-top:3px}.found b{font-weight:600}.found code{color:var(--soft);margin-left:8px}.found small{grid-column:2;color:var(--soft);font-size:13px}
.frame{display:grid;grid-template-columns:270px minmax(0,1fr);max-width:1560px;margin:0 auto}
.side{position:sticky;top:56px;align-self:start;max-height:calc(100vh - 56px);overflow:auto;padding:18px 8px 40px 24px;font-size:14px;border-right:1px solid var(--line)}
.side summary{font-weight:600;cursor:pointer;padding:2px 0}
.side ol{list-style:none;margin:4px 0;padding:0}.side li a{display:block;padding:3px 8px;border-radius:5px;color:var(--ink)}.side li a:hover{background:var(--faint);text-decoration:none}
.side li small{display:block;color:var(--soft);font-size:11.5px;line-height:1.3;font-family:ui-monospace,Consolas,monospace}
main{padding:20px 32px 80px;min-width:0}
.whole{max-width:1240px;margin:0 auto}
h1{font-size:26px;line-height:1.3;margin:6px 0 4px}h2{font-size:21px;line-height:1.35;margin:0 0 4px}h3{font-size:16px;margin:22px 0 8px}
h1 .en,h2 .en,h3 .en{font-size:.68em;font-weight:400}h3 .en{font-size:.85em}
h2 code,h1 code{font-size:.72em;font-weight:400;color:var(--soft);margin-left:8px}
h2 a.self{color:inherit}
p{margin:4px 0 10px}
section.chapter{border-top:2px solid var(--line);padding-top:18px;margin-top:34px}
section:target>h2,section.type:target>h3,tr:target{background:var(--hit)}tr[id]{scroll-margin-top:36px}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 18px;margin:10px 0 14px;padding:12px 16px;background:var(--panel);border:1px solid var(--line);border-radius:8px;font-size:14px}
.facts dt{color:var(--soft)}.facts dd{margin:0}.facts p{margin:2px 0 0}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;color:var(--soft);font-size:13px;padding:4px 0}
th,td{border-bottom:1px solid var(--line);padding:7px 10px;text-align:left;vertical-align:top;font-weight:400}
thead th{background:var(--panel);font-size:13px;color:var(--soft);position:sticky;top:56px;z-index:1;white-space:nowrap}
tbody th b{font-weight:600}
td.number,th.number{text-align:right;white-space:nowrap}
.fields{table-layout:fixed}.fields .c1{width:23%}.fields .c2{width:23%}.fields .c4{width:108px}.fields .c5{width:96px}
.note{display:block;color:var(--soft);font-size:13px}
.wire{display:block;margin-bottom:2px}.wire code{font-weight:600}.wire .t{color:var(--soft);margin-left:6px;font-size:.88em}
.mark{display:inline-block;font-size:12px;line-height:18px;padding:0 6px;border-radius:4px;border:1px solid;white-space:nowrap;margin:0 4px 2px 0}h2 .mark,h3 .mark,li .mark{margin-left:6px;font-weight:400}
.PUBLIC,.full{color:var(--green);background:var(--greenbg)}.GOVERNMENT,.part,.unconfirmed{color:var(--amber);background:var(--amberbg)}.RESTRICTED,.none{color:var(--red);background:var(--redbg)}
.sealed,.province{color:var(--violet);background:var(--violetbg)}.plain{color:var(--soft);background:var(--faint)}.must{color:var(--red);border:0;padding:0;font-weight:600;background:none}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:2px 14px;list-style:none;padding:0;margin:8px 0 0}
.cards a{display:block;padding:4px 8px;border-radius:5px;line-height:1.4}.cards a:hover{background:var(--faint);text-decoration:none}.cards code{display:block;color:var(--soft);font-size:12px}
.contract{border:1px solid var(--line);border-radius:10px;padding:14px 18px;margin:16px 0}
.contract h2 a{color:var(--link)}
.draw{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel);padding:8px}
.draw svg{display:block;font-size:13px}
svg .box{fill:var(--ground);stroke:var(--line)}svg .self .box{stroke:var(--link);stroke-width:2}svg text{fill:var(--ink)}svg .sub{fill:var(--soft);font-size:11px;font-family:ui-monospace,Consolas,monospace}svg path{fill:none;shape-rendering:crispEdges;stroke:var(--soft);stroke-width:1.2}svg .end{fill:var(--soft);font-size:11px}svg a:hover .box,svg a:focus .box{stroke:var(--link);stroke-width:2}
details.sample{margin:8px 0;border:1px solid var(--line);border-radius:8px}
details.sample>summary{cursor:pointer;padding:8px 14px;font-weight:600}
.samples{display:grid;align-items:start;grid-template-columns:repeat(2,minmax(0,1fr));gap:10px;padding:0 14px 14px}
figure{margin:0;min-width:0}figcaption{font-size:13px;color:var(--soft);margin:4px 0}
pre{margin:0;padding:10px 12px;background:var(--panel);border:1px solid var(--line);border-radius:6px;overflow:auto;max-height:440px;line-height:1.45;font-size:12.5px;white-space:pre-wrap;word-break:break-all}
footer{color:var(--soft);font-size:13px;padding:20px 32px 40px;text-align:center}
@media(max-width:1080px){.frame{display:block}.side{position:static;max-height:none;border:0;border-bottom:1px solid var(--line);padding:10px 24px}.side ol{columns:15em}}
@media(max-width:860px){
html{scroll-padding-top:104px}tr[id]{scroll-margin-top:0}
.top{flex-wrap:wrap;padding:6px 12px}.top nav{margin-left:auto}.top nav a{padding:4px 7px;font-size:14px}.top .name{font-size:15px}.top .name span{display:none}.find{flex-basis:100%;max-width:none}.found{width:100%;max-height:70vh}
.draw{padding:3px}.side{padding:10px 16px}
main{padding:12px 16px 60px}h1{font-size:22px}h2{font-size:19px}
.samples{grid-template-columns:minmax(0,1fr)}.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dt{font-size:12.5px}.facts dd{margin-bottom:8px}
.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block;width:auto!important}
.stack caption{display:block}.stack thead{position:absolute;left:-9999px}
.stack tr{border:1px solid var(--line);border-radius:8px;margin:10px 0;padding:6px 12px}
.stack td .note{display:inline;margin-left:8px}.stack tbody th,.stack td{border:0;padding:3px 0}.stack td:empty{display:none}
.stack td[data-l]::before{content:attr(data-l);color:var(--soft);font-size:12px;margin-right:8px}
td.number{text-align:left}
}
@media print{
:root{--ink:#000;--soft:#333;--line:#999;--faint:#fff;--panel:#fff;--ground:#fff;--link:#000;--green:#000;--greenbg:#fff;--amber:#000;--amberbg:#fff;--red:#000;--redbg:#fff;--violet:#000;--violetbg:#fff}
.top,.side,.skip{display:none}.frame{display:block}body{font-size:10pt}main{padding:0}thead{display:table-header-group}thead th{position:static}tr,.facts,.draw{break-inside:avoid}section.chapter{break-before:page}
details.sample::details-content{content-visibility:visible;block-size:auto}pre{max-height:none}
}`;
