// Writes src/icon/glyph.rs: the drawings of the icons named below, taken from Lucide (npm package `lucide-static`, ISC and MIT licences; see
// LICENSES.md). Run it by hand after changing the list: `node frontend/kit/icons.mjs`. An icon that no page uses does not reach the browser.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICONS = [
  "arrow-down", "arrow-left", "arrow-right", "arrow-up", "arrow-up-down", "bell", "calendar-clock", "check", "check-check", "chevron-down",
  "chevron-left", "chevron-right", "chevron-up", "circle-alert", "circle-check", "circle-question-mark", "clock", "cloud-check", "cloud-off", "copy",
  "door-open", "download", "ellipsis", "external-link", "eye", "eye-off", "file-text", "flag", "folder", "folder-open", "globe", "house", "image",
  "inbox", "info", "key-round", "link", "list-checks", "loader-circle", "lock", "lock-open", "log-out", "menu", "message-circle", "monitor", "moon",
  "paperclip", "pencil", "phone", "plus", "printer", "rotate-ccw", "save", "scale", "search", "send", "settings", "share-2", "shield-check", "sun",
  "trash", "triangle-alert", "undo-2", "user", "users", "x",
];

const require = createRequire(import.meta.url);
const nodes = JSON.parse(readFileSync(require.resolve("lucide-static/icon-nodes.json"), "utf8"));

/** One SVG shape as path data, so that each icon is a single string. */
function path([tag, a]) {
  const n = Object.fromEntries(Object.entries(a).map(([key, value]) => [key, Number(value)]));
  switch (tag) {
    case "path":
      // A move at the start of a path is absolute even when written small; behind another path it would not be.
      return a.d.replace(/^m/, "M");
    case "line":
      return `M${n.x1} ${n.y1}L${n.x2} ${n.y2}`;
    case "polyline":
      return `M${a.points}`;
    case "circle":
      return `M${n.cx - n.r} ${n.cy}a${n.r} ${n.r} 0 1 0 ${2 * n.r} 0a${n.r} ${n.r} 0 1 0 ${-2 * n.r} 0`;
    case "rect": {
      const r = n.rx || 0;
      const arc = (x, y) => (r ? `a${r} ${r} 0 0 1 ${x} ${y}` : "");
      return `M${n.x + r} ${n.y}h${n.width - 2 * r}${arc(r, r)}v${n.height - 2 * r}${arc(-r, r)}h${-(n.width - 2 * r)}${arc(-r, -r)}v${-(n.height - 2 * r)}${arc(r, -r)}z`;
    }
    default:
      throw new Error(`no rule for <${tag}>`);
  }
}

const lines = ICONS.map((name) => {
  if (!nodes[name]) throw new Error(`Lucide has no icon ${name}`);
  // "m1 2 3 4" draws relative lines after its move; with the capital the lines have to be named.
  const d = nodes[name].map((node) => path(node).replace(/^M(\s*-?[\d.]+[\s,]*-?[\d.]+)(?=[\s-])/, (whole, start) => (/^m/.test(node[1].d ?? "") ? `M${start}l` : whole))).join("");
  return `/// The icon \`${name}\`.\npub const ${name.toUpperCase().replaceAll("-", "_")}: Glyph = Glyph("${d}");\n`;
});
writeFileSync(
  new URL("src/icon/glyph.rs", import.meta.url),
  `//! Drawings from Lucide (ISC and MIT licences, see LICENSES.md). Written by \`icons.mjs\`; change the list there.\n\nuse super::Glyph;\n\n${lines.join("\n")}`,
);
