// What a first visit to each page weighs, and whether that stays within the budget.
//
//   node scripts/budget.mjs
//
// Reads dist/ as scripts/site.sh built it. KB = 1000 bytes. A file that is asked for twice counts
// twice where the page allows no cache. Headers are not counted.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
// `brotli` is the goal, `stretch` the wish. `ceiling` is what has been reached so far: nothing may grow beyond it, and whoever makes a page
// lighter lowers it. A page is done when its ceiling is its goal.
const budgets = {
  reporter: { brotli: 110_000, stretch: 90_000, ceiling: 110_000, requests: 6 },
  // `later` is the rest of both modules, which is fetched while the first screens are looked at.
  desk: { brotli: 320_000, stretch: 250_000, ceiling: 255_000, later: 410_000 },
};

const visits = JSON.parse(readFileSync(join(root, "target-web", "site", "visits.json"), "utf8"));
let failed = 0;
let checks = 0;
const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
for (const [page, budget] of Object.entries(budgets)) {
  const { first: urls, later } = visits[page];
  console.log(`${page.padEnd(44)}      raw     gzip   brotli  (KB)`);
  const total = sum(urls, `${urls.length} static requests`);
  check(total.br <= budget.ceiling, `${page}: at most ${budget.ceiling / 1000} KB brotli, the ceiling so far`);
  const over = (total.br - budget.brotli) / 1000;
  console.log(`  ${over > 0 ? "TO DO " : "ok    "} ${page}: goal ${budget.brotli / 1000} KB (stretch ${budget.stretch / 1000})${over > 0 ? `, ${over.toFixed(1)} KB over` : ""}`);
  if (budget.requests) check(urls.length <= budget.requests, `${page}: at most ${budget.requests} static requests`);
  if (budget.later) check(sum(later, "fetched afterwards").br <= budget.later, `${page}: at most ${budget.later / 1000} KB brotli afterwards, the ceiling so far`);
  console.log("");
}
console.log(`${checks - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

// Prints the weight of each file and of all.
function sum(urls, title) {
  const total = { raw: 0, gz: 0, br: 0 };
  const row = (name, sizes) => console.log(`  ${name.padEnd(42)} ${kb(sizes.raw)} ${kb(sizes.gz)} ${kb(sizes.br)}`);
  for (const url of urls) {
    const file = join(root, "dist", url.endsWith("/") ? `${url}index.html` : url);
    const raw = statSync(file).size;
    const size = (form) => (existsSync(`${file}.${form}`) ? statSync(`${file}.${form}`).size : raw);
    const sizes = { raw, gz: size("gz"), br: size("br") };
    for (const form of Object.keys(total)) total[form] += sizes[form];
    row(url, sizes);
  }
  row(title, total);
  return total;
}

function check(holds, what) {
  checks += 1;
  if (!holds) failed += 1;
  console.log(`  ${holds ? "ok    " : "BROKEN"} ${what}`);
}
