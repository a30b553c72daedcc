// Which crate may depend on which; see ARCHITECTURE.md. Prints every arrow that should not be there.
//
//   node scripts/arrows.mjs
//
// Reads the tree that cargo resolves, so that an arrow through a third crate counts as well.
import { execFileSync } from "node:child_process";

const allowed = {
  "sluis-sorted": [],
  "sluis-draw": [],
  "sluis-wire": [],
  "sluis-domain": ["sluis-sorted"],
  "sluis-directory": ["sluis-sorted", "sluis-wire"],
  "sluis-protocol": ["sluis-domain", "sluis-directory", "sluis-sorted", "sluis-wire"],
  // The relay cannot read a dossier, for it has no code that could.
  "sluis-relay": ["sluis-directory", "sluis-sorted", "sluis-wire"],
  "sluis-kit": ["sluis-draw", "sluis-domain", "sluis-sorted", "sluis-wire"],
  "sluis-link": ["sluis-protocol", "sluis-domain", "sluis-directory", "sluis-sorted", "sluis-wire"],
  "sluis-reporter": ["sluis-draw", "sluis-kit", "sluis-protocol", "sluis-domain", "sluis-directory", "sluis-sorted", "sluis-wire"],
  "sluis-desk": ["sluis-draw", "sluis-kit", "sluis-link", "sluis-protocol", "sluis-domain", "sluis-directory", "sluis-sorted", "sluis-wire"],
  "sluis-worker": ["sluis-link", "sluis-protocol", "sluis-domain", "sluis-directory", "sluis-sorted", "sluis-wire"],
};
// Crates that no part of the product may pull in, whatever the way.
const banned = { "sluis-worker": ["yew"], "sluis-relay": ["hpke", "aes-gcm", "openssl-sys", "native-tls"], "sluis-reporter": ["yew-router", "rexie"] };

const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps"], { encoding: "utf8", maxBuffer: 1 << 28 }));
const members = metadata.packages.map((entry) => entry.name);
let checked = 0;
let failed = 0;
for (const name of members) {
  if (name === "sluis-e2e") continue; // the tests may use everything
  checked += 1;
  const rules = allowed[name];
  if (!rules) {
    failed += 1;
    console.log(`${name} is new: say in scripts/arrows.mjs and ARCHITECTURE.md what it may depend on`);
    continue;
  }
  // Dependencies for tests count too: what is there will be used.
  const tree = execFileSync("cargo", ["tree", "-p", name, "--prefix", "none", "--format", "{p}", "--target", "all"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const found = new Set(tree.split("\n").map((line) => line.split(" ")[0]).filter((entry) => entry && entry !== name));
  const wrong = [...found].filter((entry) => (members.includes(entry) && !rules.includes(entry)) || (banned[name] ?? []).includes(entry));
  if (wrong.length > 0) {
    failed += 1;
    console.log(`${name} must not depend on ${wrong.join(", ")}`);
  }
}
console.log(`${checked - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
