import { createHash } from 'node:crypto';

export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f8f7;--card:#fff;--text:#12322d;--muted:#5b6f6a;--line:#dde6e3;--good:#0b8a5f;--busy:#b06a00;--bad:#c8102e;--plan:#2f6fb3}
@media (prefers-color-scheme:dark){:root{--bg:#0f1715;--card:#18221f;--text:#e4efec;--muted:#9bb0aa;--line:#2b3935;--good:#3ecf98;--busy:#f0b04a;--bad:#ff7285;--plan:#7db4ef}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif}
main,header,footer{max-width:880px;margin:0 auto;padding:0 16px}
header{padding-top:28px}
h1{font-size:24px;margin:0}
h2{font-size:18px;margin:36px 0 10px}
h3{font-size:16px;margin:0}
p{margin:6px 0}
a{color:var(--plan)}
.muted{color:var(--muted);font-size:14px}
.top{display:flex;justify-content:space-between;align-items:baseline;gap:12px}
.banner{margin:18px 0 0;padding:14px 18px;border-radius:10px;background:#0b7a55;font-weight:600}
.banner.busy{background:#9a5b00}.banner.bad{background:#b30f2a}.banner.plan{background:#285f9b}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 18px;margin:10px 0}
.row{display:flex;justify-content:space-between;gap:12px;align-items:baseline;flex-wrap:wrap}
.good{color:var(--good)}.busy{color:var(--busy)}.bad{color:var(--bad)}.plan{color:var(--plan)}
.banner.good,.banner.busy,.banner.bad,.banner.plan{color:#fff}
.state{font-weight:600;white-space:nowrap}
svg.bars{display:block;width:100%;height:30px;margin-top:8px}
svg.bars rect{fill:var(--good)}svg.bars rect.busy{fill:var(--busy)}svg.bars rect.bad{fill:var(--bad)}svg.bars rect.plan{fill:var(--plan)}
.updates{list-style:none;margin:10px 0 0;padding:0 0 0 14px;border-left:2px solid var(--line)}
.updates li{margin:0 0 12px}
.text{white-space:pre-line;overflow-wrap:anywhere}
details summary{cursor:pointer}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:7px 10px 7px 0;border-bottom:1px solid var(--line);white-space:nowrap}
th{color:var(--muted);font-weight:500}
footer{padding-top:24px;padding-bottom:40px}
footer a{margin-right:14px}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded, nothing runs, nothing is sent; the one style is known by its hash. */
export const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
