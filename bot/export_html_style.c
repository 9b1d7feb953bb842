/* How the page looks: for a phone first, wider from 46 rem on, dark where the reader's
 * system is, black on white on paper. No colour says what words do not say too. */
#include <stddef.h>

#include "bot/export_html.h"

const char *const html_style[] = {
    ":root{color-scheme:light dark;--ink:#1c2127;--soft:#5b6570;--paper:#fff;"
    "--card:#f4f5f2;--line:#d5d9d2;--mark:#0b6e63;--open:#8a4b00}\n",
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--soft:#9aa5b1;"
    "--paper:#14181c;--card:#1e242a;--line:#39424b;--mark:#5cc9b8;--open:#e0a95e}}\n",
    "*{box-sizing:border-box}\n",
    "html{-webkit-text-size-adjust:100%}\n",
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto "
    "Sans\",sans-serif}\n",
    "main{max-width:62rem;margin:0 auto;padding:1rem 1rem 4rem}\n",
    "h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 "
    ".8rem;overflow-wrap:anywhere}\n",
    "h2{font-size:1.2rem;margin:0 0 .6rem}\n",
    "h3{font-size:1rem;margin:1.2rem 0 .3rem}\n",
    "p{margin:.25rem 0}\n",
    "section{border-top:1px solid var(--line);padding-top:1.4rem;margin-top:1.8rem}\n",
    "a{color:var(--mark)}\n",
    "nav{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin-top:1rem}\n",
    "time,.n{font-variant-numeric:tabular-nums}\n",
    "code{font:.9em/1.4 ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace;"
    "background:var(--card);padding:.05em .3em;border-radius:.25em}\n",
    "em{color:var(--soft)}\n",
    "ul,ol{margin:0;padding:0;list-style:none}\n",
    ".badges{display:flex;flex-wrap:wrap;gap:.3rem "
    ".5rem;align-items:center;margin:0}\n",
    ".badge{border:1px solid var(--line);border-radius:1em;padding:0 .6em;"
    "font-size:.85rem;white-space:nowrap;max-width:100%;overflow:hidden;"
    "text-overflow:ellipsis}\n",
    ".none,.hint,.kind,.from,footer{color:var(--soft)}\n",
    ".kind,.from,.hint,footer{font-size:.85rem}\n",
    ".words{white-space:pre-wrap;overflow-wrap:anywhere}\n",
    ".more{display:block;color:var(--soft);overflow-wrap:anywhere}\n",
    ".open{color:var(--open)}\n",
    "#retrospective p{overflow-wrap:anywhere;max-width:46rem}\n",
    "#retrospective p .open{display:block;padding-left:1rem}\n",
    ".moments{border-left:3px solid var(--mark);padding-left:.9rem}\n",
    ".moments li{padding:.1rem 0}\n",
    ".moments b{display:inline-block;min-width:7.5rem}\n",
    ".moments span{color:var(--soft);font-size:.85rem;white-space:nowrap}\n",
    ".rows li,.roles li{padding:.45rem 0;border-top:1px solid var(--line)}\n",
    ".rows li:first-child,.roles li:first-child{border-top:0}\n",
    ".rows .words{display:block}\n",
    ".roles .from{display:block}\n",
    ".bar{display:block;background:var(--card);border:1px solid var(--line);"
    "height:.7rem;margin-top:.25rem}\n",
    ".bar i{display:block;height:100%;min-width:2px;background:var(--mark)}\n",
    ".entries li{padding:.35rem 0 .35rem .6rem;border-left:3px solid transparent}\n",
    ".entries .who{font-weight:600}\n",
    ".entries .words{display:block}\n",
    ".entries .pin{border-left-color:var(--mark);background:var(--card)}\n",
    ".entries .pin .kind::after{content:\", key moment\"}\n",
    "summary{cursor:pointer}\n",
    "summary h2{display:inline}\n",
    ".drawing{overflow-x:auto;margin:0 -1rem .8rem;padding:0 1rem}\n",
    ".drawing svg{display:block;max-width:none}\n",
    ".drawing rect{fill:var(--card);stroke:var(--ink);stroke-width:1.2}\n",
    ".drawing .process rect{stroke-dasharray:7 3}\n",
    ".drawing .people rect{stroke-dasharray:2 3}\n",
    ".drawing .outside rect{stroke-dasharray:9 3 2 3}\n",
    ".drawing .incident rect{fill:var(--paper);stroke:var(--mark);stroke-width:2.4}\n",
    ".drawing text{fill:var(--ink);font-size:12px;font-family:inherit}\n",
    ".drawing .label{font-weight:600}\n",
    ".drawing path{fill:none;stroke:var(--soft);stroke-width:1.4}\n",
    ".drawing marker path{fill:var(--soft);stroke:none}\n",
    ".tree li{padding:.2rem 0}\n",
    ".tree ul{padding-left:1rem;border-left:2px solid var(--line);margin-left:.4rem}\n",
    "footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.8rem}\n",
    "@media(min-width:46rem){main{padding:2rem 2rem 5rem}"
    ".entries li{display:grid;grid-template-columns:3.2rem 6rem 5.5rem 1fr;"
    "column-gap:.7rem;align-items:baseline;padding:.15rem 0 .15rem .6rem}"
    ".entries .who,.entries .kind{overflow-wrap:anywhere}"
    ".entries .pin .kind::after{content:\", key\"}"
    ".entries .words{grid-column:4}"
    ".moments{columns:2;column-gap:2rem}"
    ".drawing{margin:0 0 .8rem;padding:0}}\n",
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;"
    "--card:#fff;--line:#888;--mark:#000;--open:#000}"
    "body{font-size:10.5pt}main{max-width:none;padding:0}nav{display:none}"
    "h2,h3{break-after:avoid}li,.drawing{break-inside:avoid}"
    ".open::before{content:\"open: \"}"
    ".drawing{overflow:visible}.drawing svg{max-width:100%;height:auto}"
    ".entries .pin{font-weight:600}.bar i{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}\n",
    NULL,
};
