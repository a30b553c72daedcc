// What the boot scripts of the pages and of the worker share.
import { unpack } from "./unpack.js";

// Fetches, unpacks and compiles a module of ours. The hash is checked here and not by `fetch`: with an
// `integrity` option Firefox does not use the preload of the page and downloads a second time.
export async function compile(url, sha256) {
  const response = await fetch(url);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  if (btoa(String.fromCharCode(...new Uint8Array(hash))) !== sha256) throw new TypeError("a changed file");
  return WebAssembly.compile(unpack(bytes));
}

// The one Trusted Types policy of a page: it admits the scripts of its workers and nothing else.
// Returns what to hand to `new Worker`.
export function workerPolicy(...workerUrls) {
  const rules = {
    createScriptURL(url) {
      if (workerUrls.includes(url)) return url;
      throw new TypeError("not one of our scripts");
    },
  };
  const policy = globalThis.trustedTypes ? trustedTypes.createPolicy("sluis", rules) : rules;
  return (url) => policy.createScriptURL(url);
}

// Without WebAssembly, or without the rest of a page: a plain section that is already there, and nothing else.
export function showFallback(id = "no-wasm") {
  for (const element of document.body.children) element.hidden = element.id !== id;
}
