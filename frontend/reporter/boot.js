// Starts the reporter's page, and its worker, from one file and one WebAssembly module.
// scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and fills in the names in
// capitals. Nothing here may store anything.
import init, { initSync } from "sluis-glue";
import { compile, showFallback, workerPolicy } from "../boot.js";

if (typeof document === "undefined") {
  // The worker: the page sends the compiled module first, messages for Rust after it. Rust's
  // `main` sets `onmessage` before this listener returns, so that no message is lost.
  addEventListener("message", ({ data }) => initSync({ module: data }), { once: true });
} else {
  startPage(import.meta.url);
}

async function startPage(workerUrl) {
  chooseLanguage();
  try {
    const admit = workerPolicy(workerUrl);
    const module = await compile(WASM_URL, WASM_SHA256);
    // What Rust calls to start a worker of its own.
    globalThis.sluisStartWorker = () => {
      const worker = new Worker(admit(workerUrl), { type: "module" });
      worker.postMessage(module);
      return worker;
    };
    await init({ module_or_path: module });
  } catch (error) {
    showFallback();
    throw error;
  }
}

// The shell is there in both languages: `#en` or `#nl` in the address, else what the browser prefers.
function chooseLanguage() {
  const asked = /^#(nl|en)\b/.exec(location.hash)?.[1];
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "nl" || tag === "en");
  document.documentElement.lang = asked ?? known ?? "nl";
}
