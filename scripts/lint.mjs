// Rules that no compiler knows, checked over every committed file. Prints what it finds, with the
// reason; ends with the count that ./test adds up.
//
//   node scripts/lint.mjs
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

// `in` says which files, `not` what must not occur in them, `why` what to do instead.
const rules = [
  {
    name: "no raw HTML reaches the page",
    in: /^(frontend|crates)\/.*\.rs$/,
    not: /from_html_unchecked|set_inner_html|set_outer_html|insert_adjacent_html|\bdocument\(\)\.write/,
    why: "text from people becomes text nodes, never markup",
  },
  {
    name: "no raw HTML in the boot scripts",
    in: /^(frontend|public)\/.*\.(js|mjs)$/,
    not: /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/,
    why: "the security policy forbids it",
  },
  {
    name: "no style attributes and no inline handlers",
    in: /^(index\.html|frontend\/[^/]+\/index\.html)$/,
    not: /<[^>]*\s(style|on[a-z]+)=/,
    why: "the security policy blocks them: use a class, and a listener in Rust",
  },
  {
    name: "no style attributes in components",
    in: /^frontend\/.*\.rs$/,
    not: /\sstyle=(\{|")/,
    why: "the security policy blocks them: use a class",
  },
  {
    name: "the reporter's page keeps nothing",
    in: /^frontend\/reporter\/.*\.(rs|js|toml)$/,
    not: /local_storage|session_storage|localStorage|sessionStorage|indexedDB|IdbFactory|rexie|document\.cookie|set_cookie|serviceWorker|push_state/,
    why: "no storage, no cookie, no service worker, one history entry",
  },
  {
    name: "tests neither sleep nor are switched off",
    in: /\.rs$/,
    not: /thread::sleep|#\[ignore/,
    why: "wait for the thing itself; a test that cannot run says so",
  },
  {
    name: "nothing is left to do",
    in: /\.(rs|js|mjs|sh|html|css|toml|ftl)$/,
    not: /\b(TODO|FIXME|XXX)\b|todo!\(|unimplemented!\(/,
    except: /^scripts\/lint\.mjs$|^(deny|clippy|Cargo)\.toml$/,
    why: "write it or open an issue",
  },
  {
    name: "no path of one machine",
    in: /./,
    not: /(^|[\s"'`=:(])(\/root\/|\/home\/[a-z]|\/Users\/[A-Za-z]|\/work\/)/,
    except: /^scripts\/lint\.mjs$/,
    why: "another machine has other folders",
  },
  {
    name: "Rust packages come from the common registry only",
    in: /(^|\/)Cargo\.lock$/,
    not: /^source = "(?!registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index")/,
    why: "use a published version",
  },
  {
    name: "lock files of npm name no registry",
    in: /(^|\/)package-lock\.json$/,
    not: /"resolved": "https?:/,
    why: "put omit-lockfile-registry-resolved=true into .npmrc and make the file anew",
  },
  {
    name: "nothing is loaded from another origin",
    in: /^(index\.html|frontend\/.*\.(html|css|js)|public\/.*\.(html|css|js|svg|webmanifest))$/,
    not: /<(link|script|img|iframe|source|video|audio)\b[^>]*\b(src|href)=["']?https?:|url\(["']?https?:|\b(import|fetch)\b[^;]*["'`]https?:/,
    why: "everything is served by us",
  },
];

// Committed files and new ones alike, so that a finding comes before the commit.
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file && !/\.(png|jpg|webp|woff2|ico|pdf|bin|wasm|br|gz)$/.test(file));

let failed = 0;
const findings = new Map(rules.map((rule) => [rule, []]));
for (const file of files) {
  const wanted = rules.filter((rule) => rule.in.test(file) && !rule.except?.test(file));
  if (wanted.length === 0) continue;
  let lines;
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    continue; // deleted, not yet committed
  }
  for (const [index, line] of lines.entries()) {
    for (const rule of wanted) if (rule.not.test(line)) findings.get(rule).push(`${file}:${index + 1}: ${line.trim().slice(0, 120)}`);
  }
}
for (const [rule, places] of findings) {
  if (places.length === 0) continue;
  failed += 1;
  console.log(`${rule.name} (${rule.why})`);
  for (const place of places) console.log(`  ${place}`);
}
console.log(`${rules.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
