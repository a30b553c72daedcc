// Makes the style sheets of both pages: `node frontend/kit/css/build.mjs OUTDIR` writes reporter.css, desk.css and the desk's typeface.
//
// Each is made of the theme (colours.mjs), the Utrecht components that the page uses, and our own base and layout. Only the classes that the sources of
// the page name are kept, and each Utrecht token is replaced by our value for it (tokens.css) or by the component's own fallback: nothing
// else could ever set it. The build stops when a pair of colours is not legible enough, and when a sheet is over its budget.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { Features, transform } from "lightningcss";
import subsetFont from "subset-font";
import { dark, light, moreContrast, pairs } from "./colours.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FRONTEND = join(HERE, "../..");
const require = createRequire(import.meta.url);

const SHARED = [
  "alert", "button", "button-group", "checkbox", "form-field", "form-field-description", "form-field-error-message", "form-fieldset", "form-label",
  "heading-1", "heading-2", "heading-3", "link", "paragraph", "select", "separator", "skip-link", "textarea", "textbox", "unordered-list",
];
const PAGES = [
  { name: "reporter", components: SHARED, budget: 5 * 1024, sources: ["reporter/src", "reporter/more.js", "reporter/page.css", "../index.html"] },
  { name: "desk", components: [...SHARED, "badge-status", "data-list", "table"], budget: 14 * 1024, typeface: true, screens: ["desk-pages.css", "desk-share.css", "desk-files.css"], sources: ["kit/src", "desk/src", "desk/index.html"] },
];
// Browsers of the last years; what an older one does not know, it leaves out.
const TARGETS = { chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (6 << 8) };

// Stands for a value that nothing gives.
const UNSET = "\u0000";

// What the typeface is kept for: Western European texts and names, quotes, dashes and arrows. Other letters come from the system's typeface.
const LETTERS = [[0x20, 0x7e], [0xa0, 0xff]].flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
const SIGNS = "ŒœŸ‐–—‘’‚“”„•…‹›€−→←";
// Kerning, ligatures, figures of one width, zeros with a slash, and accents in their place.
const FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "tnum", "zero"];

// What the desk prints: A4, with the number of the page. Stands here because it nests like no other rule.
const PAPER = `@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }`;

await main(process.argv[2]);

async function main(outdir) {
  if (!outdir) {
    console.error("usage: node frontend/kit/css/build.mjs OUTDIR");
    process.exit(2);
  }
  const problems = illegible();
  mkdirSync(outdir, { recursive: true });
  const face = await typeface(outdir);
  const tokens = declarations(readFileSync(join(HERE, "tokens.css"), "utf8"));
  for (const page of PAGES) {
    const code = sheet(page, usedClasses(page.sources), tokens, face);
    const size = brotliCompressSync(code).length;
    writeFileSync(join(outdir, `${page.name}.css`), code);
    console.log(`${page.name}.css ${code.length} bytes, ${size} with brotli (at most ${page.budget})`);
    if (size > page.budget) problems.push(`${page.name}.css is ${size} bytes with brotli, over its budget of ${page.budget}`);
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length ? 1 : 0;
}

function sheet(page, classes, tokens, face) {
  const components = page.components.map((name) => prune(readFileSync(require.resolve(`@utrecht/${name}-css/dist/index.css`), "utf8"), classes)).join("\n");
  const own = ["base.css", `${page.name}.css`, ...(page.screens ?? [])].map((file) => prune(readFileSync(join(HERE, file), "utf8"), classes)).join("\n");
  const source = [page.typeface ? face : "", theme(), resolve(components, tokens), own, page.typeface ? PAPER : ""].join("\n");
  return transform({ filename: `${page.name}.css`, code: Buffer.from(source), minify: true, targets: TARGETS, exclude: Features.LightDark }).code;
}

// The colours, as the device is set or as `data-scheme` on <html> says.
function theme() {
  const block = (colours) => Object.entries(colours).map(([name, value]) => `--sluis-${name}: ${value};`).join("");
  const darkOn = (colours, scheme = "") => `@media (prefers-color-scheme: dark) { :root:not([data-scheme="light"]) { ${scheme}${block(colours)} } }
    :root[data-scheme="dark"] { ${scheme}${block(colours)} }`;
  return `:root { color-scheme: light; ${block(light)} }
    @media screen { ${darkOn(dark, "color-scheme: dark;")} }
    @media screen and (prefers-contrast: more) { :root { ${block(moreContrast.light)} } ${darkOn(moreContrast.dark)} }`;
}

// The desk's typeface under a name that changes with its content.
async function typeface(outdir) {
  const whole = readFileSync(require.resolve("@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"));
  const font = await subsetFont(whole, String.fromCodePoint(...LETTERS) + SIGNS, { targetFormat: "woff2", keepFeatures: FEATURES });
  const name = `source-sans-3-${createHash("sha256").update(font).digest("hex").slice(0, 12)}.woff2`;
  writeFileSync(join(outdir, name), font);
  console.log(`${name} ${font.length} bytes`);
  return `@font-face { font-family: "Source Sans 3"; src: url("${name}") format("woff2"); font-weight: 200 900; font-display: swap; }`;
}

// All classes that the sources of a page name; a name that ends in two hyphens stands for all that begin so. And all words in quotes, for kinds
// of fields.
function usedClasses(sources) {
  const exact = new Set();
  const starts = [];
  const quoted = new Set();
  const files = sources.flatMap((source) => {
    const path = join(FRONTEND, source);
    return statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true }).filter((file) => file.endsWith(".rs")).map((file) => join(path, file));
  });
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const [, word] of text.matchAll(/"([a-z]+)"/g)) quoted.add(word);
    for (const [name] of text.matchAll(/(?:utrecht|sluis|desk)-[a-z0-9]+(?:[a-z0-9_-]*[a-z0-9])?(?:--(?=["'`{]))?/g)) name.endsWith("--") ? starts.push(name) : exact.add(name);
  }
  return {
    named: (name) => !/^(utrecht|sluis)-/.test(name) || exact.has(name) || starts.some((start) => name.startsWith(start)),
    quoted: (word) => quoted.has(word),
  };
}

// Leaves out the selectors with a class or a kind of field that no source names, and rules without any selector left.
function prune(code, used) {
  const css = code.replace(/\/\*[^]*?\*\/|@charset[^;]*;/g, "");
  const needed = (selector) => {
    // What is excluded or is one of several need not be there.
    const asked = selector.replace(/:(?:not|is|where)\((?:[^()]|\([^()]*\))*\)/g, "");
    const kinds = asked.matchAll(/\[(?:type|inputmode|pattern)=["']?([^"'\] ]+)/gi);
    return [...asked.matchAll(/\.([\w-]+)/g)].every(([, name]) => used.named(name)) && [...kinds].every(([, kind]) => used.quoted(kind));
  };
  let at = 0;
  const rules = () => {
    let out = "";
    for (;;) {
      const open = css.indexOf("{", at);
      const close = css.indexOf("}", at);
      if (open < 0 || (close >= 0 && close < open)) {
        at = close < 0 ? css.length : close + 1;
        return out;
      }
      const prelude = css.slice(at, open).trim();
      at = open + 1;
      if (/^@(?!page|font-face)/.test(prelude)) {
        const inside = rules();
        if (inside) out += `${prelude} {\n${inside}}\n`;
        continue;
      }
      const end = css.indexOf("}", at);
      const body = css.slice(at, end).trim();
      at = end + 1;
      const selectors = split(prelude).filter(needed);
      if (selectors.length && body) out += `${selectors.join(", ")} { ${body} }\n`;
    }
  };
  return rules();
}

// A list of selectors, split at the commas outside parentheses and brackets.
function split(list) {
  let depth = 0;
  const parts = [""];
  for (const letter of list) {
    if ("([".includes(letter)) depth++;
    if (")]".includes(letter)) depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

// The custom properties that a style sheet declares.
function declarations(code) {
  return new Map([...code.matchAll(/(--[a-zA-Z_][\w-]*)\s*:\s*([^;}]*)/g)].map(([, name, value]) => [name, value.trim()]));
}

// Replaces `var(--utrecht-…)` by our value or by the fallback, except where a component itself sets the property for what is inside it.
function resolve(code, tokens) {
  const first = replaceReads(code, tokens, new Set(declarations(code).keys()));
  // No share of a space is none, whatever the space.
  return withoutInitials(first.replaceAll(/calc\(var\(--utrecht-space-around, 0\) \* 0\)/g, "0"));
}

// Drops the custom properties that no rule sets to anything but `initial`, and reads their fallbacks instead.
function withoutInitials(code) {
  const all = [...code.matchAll(/(--[\w-]+)\s*:\s*([^;{}]*)/g)].map(([, name, value]) => [name, value.trim()]);
  const set = new Set(all.filter(([, value]) => value !== "initial").map(([name]) => name));
  const never = new Set(all.map(([name]) => name).filter((name) => !set.has(name)));
  if (never.size === 0) return code;
  const rest = code.replace(/(--[\w-]+)\s*:\s*initial\s*;?/g, (whole, name) => (never.has(name) ? "" : whole));
  return withoutInitials(replaceReads(rest, new Map(), set));
}

// Reads of a property in `dynamic` stay, with our value as their fallback.
function replaceReads(code, tokens, dynamic) {
  const reads = /var\(\s*(--_?utrecht-[\w-]+)\s*/g;
  const value = (text) => {
    let out = "";
    let last = 0;
    reads.lastIndex = 0;
    for (let found; (found = reads.exec(text)); ) {
      const end = closing(text, reads.lastIndex);
      const rest = text.slice(reads.lastIndex, end).replace(/^\s*,\s*/, "");
      const hasFallback = text.slice(reads.lastIndex, end).trimStart().startsWith(",");
      const otherwise = tokens.has(found[1]) ? value(tokens.get(found[1])) : hasFallback ? value(rest) : null;
      out += text.slice(last, found.index);
      out += dynamic.has(found[1]) ? `var(${found[1]}${otherwise === null || otherwise.includes(UNSET) ? "" : `, ${otherwise}`})` : (otherwise ?? UNSET);
      last = end + 1;
      reads.lastIndex = last;
    }
    return out + text.slice(last);
  };
  return code.replace(/([\w-]+)(\s*:\s*)([^;{}]*var\([^;{}]*)(?=[;}])/g, (whole, property, colon, text) => {
    const resolved = value(text).trim();
    if (!resolved.includes(UNSET)) return `${property}${colon}${resolved}`;
    // A read of nothing makes the whole declaration void: a property falls back to its initial or inherited value, a custom one to none at all.
    return `${property}${colon}${property.startsWith("--") ? "initial" : "unset"}`;
  });
}

// The place of the parenthesis that closes the one opened before `from`.
function closing(text, from) {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`no closing parenthesis in ${text}`);
}

// The pairs of colours below their contrast, in words.
function illegible() {
  const schemes = { light, dark, "light, more contrast": { ...light, ...moreContrast.light }, "dark, more contrast": { ...dark, ...moreContrast.dark } };
  return Object.entries(schemes).flatMap(([scheme, colours]) =>
    pairs.flatMap(([front, back, least]) => {
      const ratio = contrast(colours[front], colours[back]);
      return ratio < least ? [`${scheme}: ${front} on ${back} has a contrast of ${ratio.toFixed(2)}, less than ${least}`] : [];
    }),
  );
}

// WCAG 2.2, "contrast ratio" and "relative luminance".
function contrast(one, other) {
  const luminance = (colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
