// Starts the desk's worker. scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and
// fills in the names in capitals.
import init from "sluis-glue";
import { compile } from "../boot.js";

// Messages that come while the module is on its way are handed to Rust afterwards, in order.
const early = [];
const keep = (event) => early.push(event.data);
addEventListener("message", keep);
// A failure must reach the page as an `error` event; a rejected promise alone would not.
start().catch((error) => setTimeout(() => { throw error; }));

async function start() {
  await init({ module_or_path: await compile(WASM_URL, WASM_SHA256) });
  removeEventListener("message", keep);
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
}
