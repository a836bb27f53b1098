/** Light and dark as the reader's system has it; one column, from a phone's width on. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d1f23; --dim: #5d636d; --paper: #fff; --panel: #f3f4f6; --stall: #c2410c; --other: #64748b; --out: #b42318; --in: #16733b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --dim: #9aa1ac; --paper: #16181c; --panel: #21242a; --stall: #fb923c; --other: #94a3b8; --out: #ff9a8f; --in: #7ddba0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 0; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; font-size: .95em; }
section { margin: 1.5rem 0; padding: 1rem; background: var(--panel); border-radius: .5rem; }
section p { margin: .25rem 0; }
.where, .note { color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
pre { margin: .5rem 0 0; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border-radius: .25rem; }
pre > * { display: block; text-decoration: none; padding-left: 2ch; text-indent: -2ch; }
del { color: var(--out); }
ins { color: var(--in); }
figure { margin: .75rem 0; position: relative; }
svg { display: block; width: 100%; height: 5rem; background: var(--paper); border-radius: .25rem; }
.finding rect { fill: var(--stall); }
.other rect { fill: var(--other); }
.scale { font-size: .85rem; color: var(--dim); }
.axis { position: relative; height: 1.2rem; font-size: .85rem; color: var(--dim); }
.axis span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.axis span:first-child { transform: none; }
`;
