// Starts what ./run has prepared, on a port and a data folder of its own, and looks whether both
// pages answer with the security headers and the files they name.
//
//   node scripts/start.mjs
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "sluis-start-"));
const port = await freePort();
const origin = `http://localhost:${port}`;
const relay = spawn(process.argv[2] ?? "./run", ["--port", port, "--data", join(folder, "data")], { stdio: "inherit", detached: true });
let ended = false;
relay.on("exit", () => (ended = true));
let failed = 0;
let checks = 0;
const stop = () => !ended && process.kill(-relay.pid, "SIGTERM");
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => { stop(); process.exit(1); });

try {
  const begin = Date.now();
  await answers();
  check(Date.now() - begin < 20_000, `the page answers within 20 s (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  for (const path of ["/", "/desk/"]) {
    const response = await fetch(origin + path);
    const html = await response.text();
    check(response.status === 200, `${path} answers`);
    const policy = response.headers.get("content-security-policy") ?? "";
    check(policy.includes("default-src 'none'") && policy.includes("require-trusted-types-for 'script'") && !policy.includes("unsafe-inline"), `${path} has the strict policy`);
    check(response.headers.get("cross-origin-opener-policy") === "same-origin", `${path} is isolated from other origins`);
    for (const [, url] of html.matchAll(/(?:src|href)="(\/[^"]*)"/g)) {
      const file = await fetch(origin + url, { headers: { "accept-encoding": "br" } });
      check(file.status === 200, `${url} is there`);
      if (url.endsWith(".pack")) {
        check(file.headers.get("content-type") === "application/octet-stream", `${url} has its type`);
        check(file.headers.get("content-encoding") === "br", `${url} comes compressed`);
      }
    }
  }
  check((await fetch(origin + "/")).headers.get("cache-control")?.includes("no-store"), "the reporter's page leaves nothing in the cache");
} finally {
  stop();
  await new Promise((resolve) => (ended ? resolve() : relay.on("exit", resolve)));
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function check(holds, what) {
  checks += 1;
  if (!holds) failed += 1;
  console.log(`${holds ? "ok    " : "BROKEN"} ${what}`);
}

// Asks until the page answers; gives up when the relay has ended.
async function answers() {
  for (;;) {
    if (ended) throw new Error("the relay stopped before it answered");
    try {
      return await fetch(origin + "/");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = server.address();
      server.close(() => resolve(String(free)));
    });
  });
}
