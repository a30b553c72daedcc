// Asks Verifpal about the models of the protocol, and whether it would notice if a check were left out.
//
//   ./test --only models            all of it, two at a time
//   node models/run.mjs [WORD…]     by hand, with verifpal in PATH; only those whose name holds a WORD
//
// Beside the models stands mutants.json. A mutant is a model with some of its marked lines changed (a mark is `// @name` at the end
// of a line, or alone on one): `lines` puts other text in the place of the marked lines, `words` changes a word in them. `breaks`
// lists all queries that then fail; whatever fails beside them, or does not fail, is a surprise, and so is an attack on a model as it
// stands. Verifpal looks at a bounded number of sessions: "holds" means that it searched all of them and found nothing.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const home = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const wanted = process.argv.slice(2);
// Milliseconds that one search may take.
const most = 10 * 60 * 1000;

try {
  execFileSync("verifpal", ["--version"]);
} catch {
  console.log("no verifpal on this machine (scripts/tools.sh test installs it)");
  process.exit(77);
}

const surprises = [];
const format = /^pub const VERSION: u8 = (\d+);$/m.exec(readFileSync(join(home, "../crates/wire/src/frame.rs"), "utf8"))?.[1];
const jobs = [];
for (const [file, plan] of Object.entries(JSON.parse(readFileSync(join(home, "mutants.json"), "utf8")))) {
  const text = readFileSync(join(home, file), "utf8");
  const queries = text.slice(text.lastIndexOf("queries[")).split("\n").map((line) => line.trim()).filter((line) => line.includes("?"));
  const stated = /^\/\/ format: (\d+)$/m.exec(text)?.[1];
  if (stated !== format) surprises.push(`${file} is of format ${stated}, the code of format ${format}`);

  jobs.push({ file, name: "as it stands", text, queries, breaks: [], sessions: plan.sessions });
  const unused = new Set([...text.matchAll(/@([a-z-]+)/g)].map(([, mark]) => mark));
  for (const { name, lines = {}, words = {}, breaks, sessions = 1 } of plan.mutants) {
    for (const mark of [...Object.keys(lines), ...Object.keys(words)]) unused.delete(mark);
    for (const query of breaks) if (!queries.includes(query)) surprises.push(`${file} has no query "${query}"`);
    jobs.push({ file, name, text: mutate(file, text, lines, words), queries, breaks, sessions });
  }
  for (const mark of unused) surprises.push(`${file}: no mutant touches @${mark}`);
  if (plan.mutants.filter(({ breaks }) => breaks.length > 0).length < 3) surprises.push(`${file} has fewer than three mutants`);
}

function mutate(file, text, lines, words) {
  let result = text.split("\n");
  const marked = (line, mark) => new RegExp(`// .*@${mark}( |$)`).test(line);
  const change = (mark, by) => {
    if (!result.some((line) => marked(line, mark))) surprises.push(`${file} has no line @${mark}`);
    result = result.map((line) => (marked(line, mark) ? by(line) : line));
  };
  for (const [mark, [from, to]] of Object.entries(words)) {
    change(mark, (line) => {
      if (!line.includes(from)) surprises.push(`${file}: a line @${mark} lacks "${from}"`);
      return line.replaceAll(from, to);
    });
  }
  for (const [mark, put] of Object.entries(lines)) change(mark, (line) => `\t${put} ${line.slice(line.indexOf("//"))}`);
  return result.join("\n");
}

const folder = mkdtempSync(join(tmpdir(), "sluis-models-"));
function verify(job, number) {
  const path = join(folder, `${number}.vp`);
  writeFileSync(path, job.text);
  const begin = Date.now();
  const flags = ["verify", path, "--sessions", String(job.sessions), "--format", "json"];
  return new Promise((done) => {
    execFile("verifpal", flags, { maxBuffer: 1 << 28, timeout: most }, (error, stdout, stderr) => {
      job.seconds = (Date.now() - begin) / 1000;
      try {
        const [{ analysis }] = JSON.parse(stdout).models;
        job.found = analysis.queries.filter(({ resolved }) => resolved).map(({ query }) => query);
        const cut = analysis.queries.filter(({ resolved, envelope }) => !resolved && !(envelope.exhausted && envelope.truncations.length === 0));
        if (cut.length > 0) job.wrong = "the search was cut short";
        if (analysis.queries.length !== job.queries.length) job.wrong = "not every query was asked";
      } catch {
        job.found = [];
        job.wrong = `no answer: ${stderr || stdout.slice(0, 2000) || error}`;
      }
      done();
    });
  });
}

// The long ones first, two at a time.
const chosen = jobs.filter(({ file, name }) => wanted.length === 0 || wanted.some((word) => `${file} ${name}`.includes(word)));
const waiting = [...chosen].sort((one, other) => other.sessions - one.sessions);
let number = 0;
const worker = async () => {
  for (let job = waiting.shift(); job; job = waiting.shift()) await verify(job, (number += 1));
};
await Promise.all([worker(), worker()]);
rmSync(folder, { recursive: true });

let failed = surprises.length;
for (const surprise of surprises) console.log(`SURPRISE ${surprise}`);
for (const { file, name, queries, breaks, sessions, found, seconds, wrong } of chosen) {
  const good = !wrong && queries.every((query) => breaks.includes(query) === found.includes(query));
  if (!good) failed += 1;
  console.log(`${good ? "ok      " : "SURPRISE"} ${file}, ${name} (${sessions} ${sessions === 1 ? "session" : "sessions"}, ${seconds.toFixed(1)} s)`);
  if (wrong) console.log(`           ${wrong}`);
  for (const query of queries) {
    const [expected, is] = [breaks.includes(query), found.includes(query)].map((broken) => (broken ? "falls" : "holds"));
    // A mutant's own line says what holds; only what falls, or should, is worth a line.
    if (breaks.length === 0 || expected === "falls" || is === "falls") {
      console.log(`           ${is.padEnd(6)} ${query}${is === expected ? "" : `   (expected: ${expected})`}`);
    }
  }
}
console.log(`${chosen.length + surprises.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
