// Starts a module that comes in two parts: scripts/web/split.mjs cut it. What the first screens need is fetched at once, the rest while
// somebody looks at them. Whatever calls a function of the rest before it is there waits for it.
// scripts/finish-site.mjs fills in the names in capitals.
import { sha256 } from "@noble/hashes/sha2.js";
import { compile } from "./boot.js";
import { unpack } from "./unpack.js";

// The namespace between both parts.
const SHARED = "0";
// Milliseconds until the rest is asked for again when it did not come.
const PAUSE = 5_000;

// `lost` is called when something of the rest was needed and did not come: nothing goes on after that.
export async function start({ imports, finish }, lost = () => {}) {
  const given = imports();
  let parts;
  const join = (module) => {
    if (parts.ready.value) return;
    new WebAssembly.Instance(module, { ...given, [SHARED]: parts });
    parts.ready.value = 1;
  };
  const now = () => {
    try {
      join(new WebAssembly.Module(checked(fetchNow())));
    } catch (error) {
      lost();
      throw error;
    }
  };
  given[SHARED] = { now };
  if (REST_URL === "") given[SHARED] = { hit: record() };
  const module = await compile(WASM_URL, WASM_SHA256);
  const instance = await WebAssembly.instantiate(module, given);
  parts = instance.exports;
  finish(instance, module);
  if (REST_URL !== "") keepTrying(async () => parts.ready.value || join(await WebAssembly.compile(checked(await fetchSoon()))));
}

// Ever less often: a server that was renewed has the file no more.
async function keepTrying(act, pause = PAUSE) {
  try {
    await act();
  } catch {
    setTimeout(keepTrying, pause, act, pause * 2);
  }
}

async function fetchSoon() {
  const response = await fetch(REST_URL, { priority: "low" });
  return new Uint8Array(await response.arrayBuffer());
}

// A page may not ask for bytes in one go; each character is one.
function fetchNow() {
  const request = new XMLHttpRequest();
  request.open("GET", REST_URL, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}

// The hash of what the browser itself can calculate only later.
function checked(bytes) {
  if (btoa(String.fromCharCode(...sha256(bytes))) !== REST_SHA256) throw new TypeError("a changed file");
  return unpack(bytes);
}

// In a build by scripts/first.sh alone: which functions were called, for whoever asks.
function record() {
  const seen = new Set();
  new BroadcastChannel("sluis-seen").onmessage = ({ data, target }) => data === "tell" && target.postMessage([MODULE, ...seen]);
  return (index) => seen.add(index);
}
