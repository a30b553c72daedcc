// Starts the desk's page and gives it a way to start its worker.
// scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and fills in the names in
// capitals.
import init from "sluis-glue";
import { compile, showFallback, workerPolicy } from "../boot.js";

startPage();

async function startPage() {
  try {
    const workerUrl = new URL(WORKER_URL, location.href).href;
    const admit = workerPolicy(workerUrl);
    // What Rust calls to start a worker of its own; the worker fetches its own module.
    globalThis.sluisStartWorker = () => new Worker(admit(workerUrl), { type: "module" });
    await init({ module_or_path: await compile(WASM_URL, WASM_SHA256) });
  } catch (error) {
    showFallback();
    throw error;
  }
}
