// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The look of charts and pages. Colours are those of Okabe and Ito (2008), which people with any
/// of the usual colour deficiencies can tell apart; darkened or lightened until text on them can be
/// read on either ground. Light, dark and paper differ in variables alone.

#include <string>

namespace cxm::detail {

inline std::string colours() {
  return ":root{color-scheme:light dark;--paper:#ffffff;--card:#f5f7f9;--ink:#1a1f24;"
         "--soft:#57606a;--line:#d0d7de;--blue:#0072b2;--sky:#56b4e9;--green:#009e73;"
         "--orange:#e69f00;--red:#d55e00;--grey:#8c959f;--band:#0072b2;"
         "--cold3:#2f8fc6;--cold2:#86bfe0;--cold1:#cfe5f3;--mid:#f0f2f4;--warm1:#fbe3cd;"
         "--warm2:#f3b583;--warm3:#e58a45;--on:#1a1f24;--on-kept:#ffffff}\n"
         "@media screen and (prefers-color-scheme:dark){:root{--paper:#0f1418;--card:#171e24;"
         "--ink:#e8edf2;--soft:#a0abb6;--line:#35404a;--blue:#56b4e9;--sky:#2b7fb5;"
         "--green:#2cc296;--orange:#e9b44c;--red:#f08442;--grey:#6f7a85;--band:#56b4e9;"
         "--cold3:#1b76ad;--cold2:#1d567b;--cold1:#1c3a4e;--mid:#20272e;--warm1:#4a3322;"
         "--warm2:#7d4a20;--warm3:#b3601c;--on:#f2f5f8;--on-kept:#10151a}}\n";
}

inline std::string shapes() {
  return "svg{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
         "font-size:13px}svg text{fill:var(--ink);unicode-bidi:isolate}"
         "svg .soft{fill:var(--soft)}svg .tick{fill:var(--soft);font-size:12px}"
         "svg .small{font-size:12px}svg .strong{font-weight:600}"
         "svg .halo{stroke:var(--paper);stroke-width:3px;paint-order:stroke;"
         "stroke-linejoin:round}"
         "svg .grid{stroke:var(--line);stroke-width:1}svg .axis{stroke:var(--soft);stroke-width:1}"
         "svg .mark{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}"
         "svg .whisker{stroke:var(--blue);stroke-width:2}svg .dot{fill:var(--blue)}"
         "svg .band{fill:var(--band);opacity:.22}"
         "svg .curve{stroke:var(--blue);stroke-width:2;fill:none}"
         "svg .bar{fill:var(--sky)}svg .kept{fill:var(--blue)}svg .late{fill:var(--orange)}"
         "svg .unmet{fill:var(--red)}svg .pending{fill:var(--grey)}"
         "svg .early{fill:var(--sky)}svg .no-show{fill:var(--warm2)}svg .invalid{fill:var(--line)}"
         "svg .in-early{fill:#10151a}svg .in-no-show{fill:var(--on)}svg "
         ".in-invalid{fill:var(--ink)}"
         "svg .in-kept{fill:var(--on-kept)}svg .in-late,svg .in-unmet,svg .in-pending{fill:#10151a}"
         "svg .unknown{stroke:var(--grey);stroke-width:1.5;stroke-dasharray:2 3;fill:none}svg "
         ".node{fill:var(--blue)}svg .edge-node{fill:var(--grey)}"
         "svg .link{fill:var(--sky);opacity:.45}"
         "svg .back{stroke:var(--orange);opacity:.6;fill:none}"
         "svg .cold3{fill:var(--cold3)}svg .cold2{fill:var(--cold2)}svg .cold1{fill:var(--cold1)}"
         "svg .mid{fill:var(--mid)}svg .warm1{fill:var(--warm1)}svg .warm2{fill:var(--warm2)}"
         "svg .warm3{fill:var(--warm3)}svg text.on{fill:var(--on)}\n";
}

/// For a chart that stands alone.
inline std::string chart_style() {
  return colours() + shapes();
}

inline std::string page_style() {
  return colours() + shapes() +
         "*{box-sizing:border-box}"
         "body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;"
         "font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
         "font-size:16px;overflow-wrap:break-word}\n"
         "main,header,footer{max-width:1120px;margin:0 auto;padding:0 16px}"
         "header{padding-top:32px}h1{font-size:1.9rem;line-height:1.2;margin:0 0 4px}"
         "h2{font-size:1.35rem;line-height:1.3;margin:0 0 4px}"
         "h3{font-size:1rem;margin:0 0 8px}p{margin:0 0 12px;max-width:70ch}"
         ".soft,.none,footer{color:var(--soft)}.none{font-style:italic}\n"
         "section{border-top:1px solid var(--line);padding:24px 0;margin-top:8px}"
         ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px;"
         "padding:16px 0}"
         ".card{background:var(--card);border:1px solid var(--line);border-radius:8px;"
         "padding:12px 16px}.card p{margin:0;font-size:.9rem}"
         ".big{font-size:2rem;font-weight:650;line-height:1.2}\n"
         ".pair{display:flex;flex-wrap:wrap;gap:24px 32px;align-items:flex-start;"
         "margin-top:12px}.pair>figure{flex:0 0 620px}.pair>.table{flex:1 1 320px;min-width:0;"
         "overflow-x:auto}.pair>.many{flex:1 1 100%}"
         "figure{margin:0}figcaption{font-weight:600;margin-bottom:6px}"
         "svg{display:block;max-width:100%;height:auto}.phone{display:none}\n"
         "table{border-collapse:collapse;width:100%;font-size:.875rem;"
         "font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;"
         "margin-bottom:6px}th,td{padding:4px 6px;border-bottom:1px solid var(--line);"
         "text-align:left;vertical-align:top}th{font-weight:600}"
         "tbody th{font-weight:400;min-width:6.3em}"
         "th.figure,td.figure{text-align:right;overflow-wrap:normal}"
         "data{white-space:nowrap}th.figure{overflow-wrap:break-word}.ends{color:var(--soft);white-"
         "space:nowrap}"
         "tr.total>*{font-weight:600}.note{font-size:.85rem;color:var(--soft);margin:6px 0 0}\n"
         ".attention{background:var(--card);border-left:4px solid var(--red);border-radius:4px;"
         "padding:12px 20px}.attention ul{margin:4px 0 0;padding-left:20px}"
         "footer{padding-top:16px;padding-bottom:32px;font-size:.85rem}\n"
         "@media screen and (max-width:700px){.desk{display:none}.phone{display:block}"
         ".pair>figure{flex:1 1 100%}.pair>.table{flex:1 1 100%}"
         ".cards{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}"
         "table{font-size:.8rem}th,td{padding:4px 4px}"
         "h1{font-size:1.5rem}"
         ".many thead{display:none}.many table,.many tbody,.many tr,.many th{display:block}"
         ".many tr{border-bottom:1px solid var(--line);padding:4px 0}"
         ".many th,.many td{border:0;padding:1px 0}.many tbody th{font-weight:600}"
         ".many td.figure{display:inline-block;text-align:left;margin-right:14px}"
         ".many td::before{content:attr(data-label) \" "
         "\";color:var(--soft);unicode-bidi:isolate}}\n"
         "@media print{body{font-size:11pt}section,.card,figure,tr{break-inside:avoid}"
         "h2,caption{break-after:avoid}main,header,footer{max-width:none}"
         "svg,.card,.attention{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
         ".pair{display:block}.pair>.table{margin-top:12px}}\n";
}

}  // namespace cxm::detail
