// The last step of the browser build.
//
//   node scripts/finish-site.mjs page reporter|desk   a hook of Trunk, in its staging folder:
//       bundles the boot script with the glue, names every script, module and style sheet by its
//       content, writes integrity hashes into the page, leaves no inline script and no comment
//   node scripts/finish-site.mjs join                  puts both pages together in dist/, beside
//       every file its brotli and gzip form, and dist/asset-manifest.json for the release log
//
// It also writes target-web/site/<page>.json: what a first visit loads, for scripts/budget.mjs.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const site = join(root, "target-web", "site");
// Made by frontend/kit from its style sheets and fonts.
const styles = join(root, "target-web", "css");
const [step, page] = process.argv.slice(2);

if (step === "page") await finishPage(page);
else if (step === "join") await joinPages();
else throw new Error("usage: finish-site.mjs page reporter|desk, or finish-site.mjs join");

async function finishPage(name) {
  const stage = process.env.TRUNK_STAGING_DIR;
  if (!stage) throw new Error("this step is a hook of Trunk: call scripts/site.sh");
  const url = process.env.TRUNK_PUBLIC_URL;
  const release = process.env.TRUNK_PROFILE !== "debug";
  const esbuild = loadEsbuild();
  const loaded = [];

  // Gives a file of the staging folder its final name and returns its address and hash.
  const publish = (file, stem = file.replace(/\.[^.]*$/, "")) => {
    const bytes = readFileSync(join(stage, file));
    const hashed = `${stem}-${digest("sha256", bytes, "hex").slice(0, 16)}${posix.extname(file)}`;
    renameSync(join(stage, file), join(stage, hashed));
    const asset = { url: url + hashed, sha256: digest("sha256", bytes, "base64"), integrity: `sha384-${digest("sha384", bytes, "base64")}` };
    return asset;
  };
  // Bundles a boot script with the glue of its module; both become one small file.
  const script = async (boot, module, stem, define) => {
    const wasm = publish(`${module}_bg.wasm`, stem);
    await esbuild.build({
      entryPoints: [join(root, "frontend", boot, "boot.js")],
      outfile: join(stage, `${stem}.js`),
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: release,
      legalComments: "none",
      logLevel: "warning",
      plugins: [glue(join(stage, `${module}.js`))],
      define: strings({ WASM_URL: wasm.url, WASM_SHA256: wasm.sha256, ...define }),
    });
    const script = publish(`${stem}.js`);
    loaded.push(wasm.url, script.url);
    return { wasm, script };
  };

  let define = {};
  let worker;
  if (name === "desk") {
    worker = await script("worker", "sluis-worker", "worker", {});
    define = { WORKER_URL: worker.script.url };
  }
  const own = await script(name, `sluis-${name}`, name, define);
  // The reporter's worker is the same file again; nothing of that page may stay in a cache.
  if (name === "reporter") loaded.push(own.script.url);
  for (const file of walk(stage).filter((file) => /^sluis-[a-z]+(_bg\.wasm)?\.(js|d\.ts)$/.test(file))) rmSync(join(stage, file));
  rmSync(join(stage, "snippets"), { recursive: true, force: true });

  let html = readFileSync(join(stage, "index.html"), "utf8")
    .replace(/<!--[^]*?-->\s*/g, "")
    .replace(/\s*<link data-trunk rel="rust"[^>]*>/g, "");
  const local = (href) => href.startsWith(url) && existsSync(join(stage, href.slice(url.length)));
  // Pictures, fonts and the manifest get their final names where they are named.
  const rename = new Map();
  const named = (href) => {
    if (!rename.has(href) && !local(href)) throw new Error(`the page names ${href}, which is not there`);
    if (!rename.has(href)) rename.set(href, publish(href.slice(url.length)).url);
    return rename.get(href);
  };
  html = html.replace(/(<link\b[^>]*\brel="(icon|manifest)"[^>]*\bhref=")([^"]+)"/g, (whole, before, rel, href) => {
    // The manifest and its pictures are fetched when the desk is installed, not at a visit.
    if (rel === "manifest") nameIcons(join(stage, href.slice(url.length)));
    else loaded.push(named(href));
    return `${before}${named(href)}"`;
  });
  function nameIcons(path) {
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const icon of manifest.icons) icon.src = named(icon.src);
    writeFileSync(path, JSON.stringify(manifest));
  }

  // All style sheets become one: that of the kit first, then those the page links.
  const sheets = [join(styles, `${name}.css`)].filter(existsSync);
  html = html.replace(/\s*<link\b[^>]*\brel="stylesheet"[^>]*>/g, (tag) => {
    const href = /\bhref="([^"]+)"/.exec(tag)?.[1];
    if (!href || !local(href)) throw new Error(`a style sheet that is not ours: ${tag.trim()}`);
    sheets.push(join(stage, href.slice(url.length)));
    return "";
  });
  let style = "";
  if (sheets.length > 0) {
    const css = sheets.map((file) => readFileSync(file, "utf8")).join("\n");
    for (const file of sheets) if (file.startsWith(stage)) rmSync(file);
    const { code } = await esbuild.transform(css, { loader: "css", minify: release, target: ["chrome109", "firefox115", "safari16"], legalComments: "none" });
    const final = code.replace(/url\(["']?([^"')]+)["']?\)/g, (whole, href) => {
      if (href.startsWith("#") || href.startsWith("data:")) return whole;
      const from = local(href) ? join(stage, href.slice(url.length)) : join(styles, href);
      if (!existsSync(from)) throw new Error(`the style names ${href}, which is not there`);
      const file = posix.basename(href);
      if (!from.startsWith(stage)) cpSync(from, join(stage, file));
      const address = named(from.startsWith(stage) ? href : url + file);
      if (!loaded.includes(address)) loaded.push(address);
      return `url(${address})`;
    });
    writeFileSync(join(stage, `${name}.css`), final);
    const sheet = publish(`${name}.css`);
    loaded.push(sheet.url);
    style = `<link rel="stylesheet" href="${sheet.url}" integrity="${sheet.integrity}">`;
  }

  const head = [
    style,
    `<link rel="preload" as="fetch" type="application/wasm" href="${own.wasm.url}" crossorigin>`,
    `<script type="module" src="${own.script.url}" integrity="${own.script.integrity}"></script>`,
  ].join("");
  if (!html.includes("</head>")) throw new Error("the page has no </head>");
  html = html.replace("</head>", () => `${head}</head>`).replace(/\n\s*/g, "\n");
  if (/<script(?![^>]*\bsrc=)/.test(html)) throw new Error("the page has an inline script: the security policy would block it");
  if (/<[^>]*\sstyle=/.test(html)) throw new Error("the page has a style attribute: the security policy would block it");
  if (!html.includes('id="no-wasm"')) throw new Error('the page has no section with id="no-wasm"');
  writeFileSync(join(stage, "index.html"), html);
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, `${name}.json`), JSON.stringify([url, ...loaded], null, 1));
}

async function joinPages() {
  const dist = join(root, "dist");
  const next = join(site, "dist");
  rmSync(next, { recursive: true, force: true });
  cpSync(join(site, "reporter"), next, { recursive: true });
  cpSync(join(site, "desk"), join(next, "desk"), { recursive: true });
  const manifest = {};
  await Promise.all(walk(next).sort().map(async (file) => {
    const bytes = readFileSync(join(next, file));
    manifest[file] = { sha256: digest("sha256", bytes, "hex"), size: bytes.length };
    await compressed(join(next, file), bytes);
  }));
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  const list = Buffer.from(`${JSON.stringify(sorted, null, 1)}\n`);
  writeFileSync(join(next, "asset-manifest.json"), list);
  await compressed(join(next, "asset-manifest.json"), list);
  // A relay that serves dist/ at this moment misses it for an instant only.
  const old = join(site, "dist.old");
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

// Writes the brotli and gzip forms of a file that gains by them.
async function compressed(path, bytes) {
  if (/\.(woff2|png|jpg|webp)$/.test(path)) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const forms = { br: promisify(brotliCompress)(bytes, { params }), gz: promisify(gzip)(bytes, { level: 9 }) };
  for (const [ending, form] of Object.entries(forms)) {
    const small = await form;
    if (small.length < bytes.length) writeFileSync(`${path}.${ending}`, small);
  }
}

function glue(path) {
  return {
    name: "sluis-glue",
    setup(build) {
      build.onResolve({ filter: /^sluis-glue$/ }, () => ({ path }));
    },
  };
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
