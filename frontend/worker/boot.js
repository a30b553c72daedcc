// Starts the desk's worker. scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and
// fills in the names in capitals.
import { finish, imports } from "sluis-glue";
import { start } from "../rest.js";

// Messages that come while the module is on its way are handed to Rust afterwards, in order.
const early = [];
const keep = (event) => early.push(event.data);
addEventListener("message", keep);
// A failure must reach the page as an `error` event; a rejected promise alone would not.
begin().catch((error) => setTimeout(() => { throw error; }));

async function begin() {
  await start({ imports, finish });
  removeEventListener("message", keep);
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
}
