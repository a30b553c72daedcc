// The last step of the browser build.
//
//   node scripts/finish-site.mjs page reporter|desk   a hook of Trunk, in its staging folder:
//       bundles the boot script with the glue, names every file that the page loads by its
//       content, writes integrity hashes into the page, leaves no inline script and no comment
//   node scripts/finish-site.mjs join                  puts both pages together in dist/, beside
//       every file its brotli and gzip form, and dist/asset-manifest.json for the release log
//
// The second also writes target-web/site/visits.json: what a first visit of each page loads, for
// scripts/budget.mjs.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join, posix, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, gzip } from "node:zlib";
import { shortProperties } from "./web/css.mjs";
import { functionNames, instrument, split } from "./web/split.mjs";
import { onlyImports, pack, seams, shorten } from "./web/wasm.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const site = join(root, "target-web", "site");
// What frontend/reporter/src/browser.rs asks of both the page and its worker, and what any module needs to start.
const WORKER_IMPORTS = /^__wb(g_(tell|now|getRandomValues|__wbindgen_throw)_|indgen_init_externref_table)/;
// A function of so many bytes is not worth a stub that stands for it.
const SMALL = 24;
// Made by frontend/kit from its style sheets and fonts.
const styles = join(root, "target-web", "css");

// The messages of a catalogue that a script carries, in every language: plain lines only.
function catalogue(module) {
  const folder = join(root, "frontend", "kit", "catalogue");
  const languages = readdirSync(folder).filter((name) => existsSync(join(folder, name, `${module}.ftl`)));
  const messages = (language) => readFileSync(join(folder, language, `${module}.ftl`), "utf8").matchAll(/^([a-z][a-z-]*) = (.+)$/gm);
  return Object.fromEntries(languages.map((language) => [language, Object.fromEntries([...messages(language)].map(([, key, words]) => [key, words]))]));
}

class Page {
  constructor(name) {
    this.name = name;
    this.stage = process.env.TRUNK_STAGING_DIR;
    if (!this.stage) throw new Error("this step is a hook of Trunk: call scripts/site.sh");
    this.url = process.env.TRUNK_PUBLIC_URL;
    this.minify = process.env.TRUNK_PROFILE !== "debug";
    this.esbuild = loadEsbuild();
    // Addresses that a first visit loads, in order; the page itself first.
    this.loaded = [this.url];
    // What is fetched once the page has started.
    this.later = [];
    // Final names of files that the page or its style names.
    this.renamed = new Map();
  }

  async finish() {
    let own;
    if (this.name === "desk") {
      const worker = await this.bundle("worker", {});
      own = await this.bundle("desk", { WORKER_URL: worker.script.url, SERVICE_URL: this.url + "service.js" });
    } else {
      const module = this.module(this.name);
      // Its worker is the same module again, with the few imports that it uses.
      const worker = await this.script("reporter", "worker", { ...module, glue: onlyImports(module.glue, (name) => module.worker.has(name)) }, {});
      const more = await this.lazy("more", { WORDS: catalogue("attach") });
      own = { wasm: module.wasm, script: await this.script("reporter", "boot", module, { WORKER_URL: worker.url, MORE_URL: more.url, MORE_INTEGRITY: more.integrity }) };
      this.loaded.push(own.wasm.url, own.script.url, worker.url);
    }
    // Both lists of words in one file, which a page fetches when words are made or typed.
    const lists = ["nl.txt", "en.txt"].map((file) => join(this.stage, file));
    writeFileSync(join(this.stage, "words.txt"), lists.map((file) => readFileSync(file, "utf8").trim()).join("\n\n"));
    lists.forEach((file) => rmSync(file));
    for (const file of walk(this.stage)) if (/^(sluis-[a-z]+(_bg)?\.(js|d\.ts|wasm)|sluis-[a-z]+_bg\.wasm(\.d\.ts)?|snippets\/.*)$/.test(file)) rmSync(join(this.stage, file));

    let html = readFileSync(join(this.stage, "index.html"), "utf8")
      .replace(/<!--[^]*?-->\s*/g, "")
      .replace(/\s*<link data-trunk rel="rust"[^>]*>/g, "");
    html = this.nameLinks(html);
    const { rest, sheets } = this.takeSheets(html);
    const style = this.style(sheets);
    const start =
      `<link rel="preload" as="fetch" href="${own.wasm.url}" crossorigin>` +
      `<script type="module" src="${own.script.url}" integrity="${own.script.integrity}"></script>`;
    html = rest.replace("</head>", () => `${style}${start}</head>`).replace(/\n\s*/g, "\n");
    checkPage(html);
    writeFileSync(join(this.stage, "index.html"), html);
    if (this.name === "desk") await this.service(digest("sha256", html, "base64"));
    mkdirSync(site, { recursive: true });
    writeFileSync(join(site, `${this.name}.json`), JSON.stringify({ first: this.loaded, later: this.later }, null, 1));
  }

  // Gives a file of the staging folder its final name; returns its address and hashes.
  publish(file, stem = file.replace(/\.[^.]*$/, "")) {
    const bytes = readFileSync(join(this.stage, file));
    const hashed = `${stem}-${digest("sha256", bytes, "hex").slice(0, 10)}${posix.extname(file)}`;
    renameSync(join(this.stage, file), join(this.stage, hashed));
    return { url: this.url + hashed, sha256: digest("sha256", bytes, "base64"), integrity: `sha384-${digest("sha384", bytes, "base64")}` };
  }

  // Bundles the boot script of a module in two parts with its glue; both become one small file.
  async bundle(name, define) {
    const module = this.module(name, (wasm, names) => this.parts(name, wasm, names));
    const { rest } = module;
    const script = await this.script(name, "boot", module, { MODULE: name, REST_URL: rest?.url ?? "", REST_SHA256: rest?.sha256 ?? "", ...define });
    this.loaded.push(module.wasm.url, script.url);
    if (rest) this.later.push(rest.url);
    return { wasm: module.wasm, script };
  }

  // A module and its glue, with short names. `worker` are the imports that src/browser.rs allows to both sides of the reporter's page.
  module(name, cut = (first) => ({ first })) {
    const whole = readFileSync(join(this.stage, `sluis-${name}_bg.wasm`));
    const glue = readFileSync(join(this.stage, `sluis-${name}.js`), "utf8");
    const small = shorten(whole, glue);
    const { first, rest } = cut(small.wasm, functionNames(whole));
    return {
      glue: `${small.glue}\nexport { __wbg_get_imports as imports, __wbg_finalize_init as finish };\n`,
      worker: small.imports(WORKER_IMPORTS),
      wasm: this.packed(name, first),
      rest: rest && this.packed(`${name}-rest`, rest),
    };
  }

  packed(stem, wasm) {
    writeFileSync(join(this.stage, `${stem}.pack`), pack(wasm));
    return this.publish(`${stem}.pack`);
  }

  // A module cut in two, by the list of what ran before the rest was there; or, to make that list, one that tells what runs.
  parts(name, wasm, names) {
    const marks = names.map((one) => digest("sha256", one, "base64url").slice(0, 8));
    if (process.env.SLUIS_RECORD) {
      writeFileSync(join(site, `${name}.names`), names.map((one, index) => `${marks[index]} ${one}\n`).join(""));
      return { first: instrument(wasm) };
    }
    const ran = new Set(readFileSync(join(root, "frontend", name, "first.txt"), "utf8").split("\n"));
    return split(wasm, (index, size) => ran.has(marks[index]) || size <= SMALL);
  }

  // One script of a page, with the glue inside.
  async script(name, entry, module, define) {
    const file = `${entry === "boot" ? name : entry}.js`;
    const glue = {
      name: "glue",
      setup: (build) => {
        build.onResolve({ filter: /^sluis-glue$/ }, () => ({ path: "glue", namespace: "glue" }));
        build.onLoad({ filter: /^glue$/, namespace: "glue" }, () => ({ contents: module.glue, resolveDir: this.stage }));
      },
    };
    await this.build(name, `${entry}.js`, file, { WASM_URL: module.wasm.url, WASM_SHA256: module.wasm.sha256, ...define }, { format: "esm", plugins: [glue] });
    return this.publish(file);
  }

  // Makes one file of a script in frontend/ and all that it imports.
  async build(folder, entry, file, define, options) {
    await this.esbuild.build({
      entryPoints: [join(root, "frontend", folder, entry)],
      outfile: join(this.stage, file),
      bundle: true,
      target: "es2022",
      nodePaths: [join(root, "frontend", "kit", "node_modules")],
      minify: this.minify,
      legalComments: "none",
      logLevel: "warning",
      define: strings(define),
      ...options,
    });
  }

  // A script of the reporter's page that is fetched when somebody asks for what it does.
  async lazy(name, define) {
    await this.build("reporter", `${name}.js`, `${name}.js`, define, { format: "esm" });
    return this.publish(`${name}.js`);
  }

  // The service worker of the desk, under a name that stays: it keeps the page of this hash and all that the page loads.
  async service(hash) {
    await this.build("desk", "service.js", "service.js", { VERSION: hash, FILES: [...this.loaded.slice(1), ...this.later] }, { format: "iife" });
    this.load(this.url + "service.js");
  }

  // Icons and the manifest.
  nameLinks(html) {
    return html.replace(/(<link\b[^>]*\brel="(icon|manifest)"[^>]*\bhref=")([^"]+)"/g, (whole, before, rel, href) => {
      // The pictures of the manifest are fetched when the desk is installed, not at a visit.
      if (rel === "manifest") this.nameIcons(join(this.stage, href.slice(this.url.length)));
      this.load(this.named(href));
      return `${before}${this.named(href)}"`;
    });
  }

  nameIcons(path) {
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const icon of manifest.icons) icon.src = this.named(icon.src);
    writeFileSync(path, JSON.stringify(manifest));
  }

  // Takes the style sheets out of the page; that of the kit comes first.
  takeSheets(html) {
    const sheets = [join(styles, `${this.name}.css`)].filter(existsSync);
    const rest = html.replace(/\s*<link\b[^>]*\brel="stylesheet"[^>]*>/g, (tag) => {
      const href = /\bhref="([^"]+)"/.exec(tag)?.[1];
      if (!href || !this.isLocal(href)) throw new Error(`a style sheet that is not ours: ${tag.trim()}`);
      sheets.push(join(this.stage, href.slice(this.url.length)));
      return "";
    });
    return { rest, sheets };
  }

  // Makes one style sheet of all; returns the link to it. The kit has minified its own already.
  style(sheets) {
    if (sheets.length === 0) return "";
    const text = (file) => {
      const own = readFileSync(file, "utf8");
      return file.startsWith(this.stage) && this.minify ? this.esbuild.transformSync(own, { loader: "css", minify: true, legalComments: "none" }).code : own;
    };
    const css = sheets.map(text).join("\n");
    for (const file of sheets) if (file.startsWith(this.stage)) rmSync(file);
    const final = css.replace(/url\(["']?([^"')]+)["']?\)/g, (whole, href) => (/^(#|data:)/.test(href) ? whole : `url(${this.styleAsset(href)})`));
    writeFileSync(join(this.stage, `${this.name}.css`), this.minify ? shortProperties(final) : final);
    const sheet = this.publish(`${this.name}.css`);
    this.load(sheet.url);
    return `<link rel="stylesheet" href="${sheet.url}" integrity="${sheet.integrity}">`;
  }

  // A font or picture that the style names: of the page, or beside the kit's style sheets.
  styleAsset(href) {
    let address = href;
    if (!this.isLocal(href) && !this.renamed.has(href)) {
      address = this.url + posix.basename(href);
      if (!this.renamed.has(address)) cpSync(join(styles, href), join(this.stage, posix.basename(href)));
    }
    const url = this.named(address);
    this.load(url);
    return url;
  }

  isLocal(href) {
    return href.startsWith(this.url) && existsSync(join(this.stage, href.slice(this.url.length)));
  }

  named(href) {
    if (!this.renamed.has(href)) {
      if (!this.isLocal(href)) throw new Error(`the page names ${href}, which is not there`);
      this.renamed.set(href, this.publish(href.slice(this.url.length)).url);
    }
    return this.renamed.get(href);
  }

  load(url) {
    if (!this.loaded.includes(url)) this.loaded.push(url);
  }
}

function checkPage(html) {
  if (!html.includes("</head>")) throw new Error("the page has no </head>");
  if (/<script(?![^>]*\bsrc=)/.test(html)) throw new Error("the page has an inline script: the security policy would block it");
  if (/<[^>]*\sstyle=/.test(html)) throw new Error("the page has a style attribute: the security policy would block it");
  if (!html.includes('id="no-wasm"')) throw new Error('the page has no section with id="no-wasm"');
}

async function joinPages() {
  const dist = join(root, "dist");
  const next = join(site, "dist");
  rmSync(next, { recursive: true, force: true });
  cpSync(join(site, "reporter"), next, { recursive: true });
  cpSync(join(site, "desk"), join(next, "desk"), { recursive: true });
  const files = walk(next).sort();
  const manifest = {};
  for (const file of files) {
    const bytes = readFileSync(join(next, file));
    manifest[file] = { sha256: digest("sha256", bytes, "hex"), size: bytes.length };
  }
  writeFileSync(join(next, "asset-manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  await Promise.all([...files, "asset-manifest.json"].map((file) => compress(join(next, file))));
  const visits = Object.fromEntries(["reporter", "desk"].map((page) => [page, JSON.parse(readFileSync(join(site, `${page}.json`), "utf8"))]));
  writeFileSync(join(site, "visits.json"), JSON.stringify(visits, null, 1));
  // A relay that serves dist/ at this moment misses it for an instant only.
  const old = join(site, "dist.old");
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

// Writes the brotli and gzip forms of a file, where they are smaller.
async function compress(path) {
  if (/\.(woff2|png|jpg|webp)$/.test(path)) return;
  const bytes = readFileSync(path);
  const whole = path.endsWith(".pack") ? await brotliInParts(bytes) : undefined;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const forms = { br: whole ?? promisify(brotliCompress)(bytes, { params }), gz: promisify(gzip)(bytes, { level: 9 }) };
  for (const [ending, form] of Object.entries(forms)) {
    const small = await form;
    if (small.length < bytes.length) writeFileSync(`${path}.${ending}`, small);
  }
}

// One brotli stream in which parts of a packed module are modelled by themselves: with the way to write distances that suits them all, and
// without the seams that cost more than they bring.
async function brotliInParts(bytes) {
  const [postfix, direct] = [constants.BROTLI_PARAM_NPOSTFIX, constants.BROTLI_PARAM_NDIRECT];
  let ends = seams(bytes);
  let best = { form: { length: Infinity } };
  for (const distances of [{}, { [postfix]: 1 }, { [direct]: 8 }, { [direct]: 12 }, { [direct]: 15 }]) {
    const form = await brotliWithSeams(bytes, ends, distances);
    if (form.length < best.form.length) best = { form, distances };
  }
  for (let place = 0; place < ends.length - 1; ) {
    const fewer = ends.filter((_, other) => other !== place);
    const form = await brotliWithSeams(bytes, fewer, best.distances);
    if (form.length < best.form.length) [best.form, ends] = [form, fewer];
    else place += 1;
  }
  return best.form;
}

async function brotliWithSeams(bytes, ends, distances) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, ...distances };
  const brotli = createBrotliCompress({ params });
  const pieces = [];
  brotli.on("data", (piece) => pieces.push(piece));
  let start = 0;
  for (const end of ends) {
    brotli.write(bytes.subarray(start, end));
    await new Promise((done) => brotli.flush(constants.BROTLI_OPERATION_FLUSH, done));
    start = end;
  }
  brotli.end();
  await once(brotli, "end");
  return Buffer.concat(pieces);
}

function strings(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}

function digest(algorithm, bytes, encoding) {
  return createHash(algorithm).update(bytes).digest(encoding);
}

function walk(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.split(sep).join("/"));
}

function loadEsbuild() {
  const folder = process.env.SLUIS_ESBUILD;
  if (!folder) throw new Error("SLUIS_ESBUILD names no folder: call scripts/site.sh");
  return createRequire(join(folder, "package.json"))("esbuild");
}

const [step, name] = process.argv.slice(2);
if (step === "page" && (name === "reporter" || name === "desk")) await new Page(name).finish();
else if (step === "join") await joinPages();
else throw new Error("usage: finish-site.mjs page reporter|desk, or finish-site.mjs join");
