// Starts the desk's page and gives it a way to start its worker.
// scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and fills in the names in
// capitals.
import { finish, imports } from "sluis-glue";
import { showFallback, workerPolicy } from "../boot.js";
import { start } from "../rest.js";

startPage();

async function startPage() {
  try {
    const workerUrl = new URL(WORKER_URL, location.href).href;
    const admit = workerPolicy(workerUrl, SERVICE_URL);
    // What Rust calls to start a worker of its own; the worker fetches its own module.
    globalThis.sluisStartWorker = () => new Worker(admit(workerUrl), { type: "module" });
    await start({ imports, finish }, () => showFallback("no-rest"));
    // The service worker stands for what lies below /desk/: that is the address to come back to.
    if (location.pathname === "/desk") history.replaceState(null, "", `/desk/${location.hash}`);
    // A browser that has no service workers, or lets none in, needs a connection to open the desk.
    navigator.serviceWorker?.register(admit(SERVICE_URL)).then(followVersions, () => {});
  } catch (error) {
    showFallback();
    throw error;
  }
}

// Tells each version of the service worker that is ready which version this page is. It answers when the page is an older one; Rust
// hears of that as an event.
function followVersions(registration) {
  const own = new URL(import.meta.url).pathname;
  const ask = (worker) => worker?.postMessage(own);
  navigator.serviceWorker.addEventListener("message", () => dispatchEvent(new Event("sluis-newer")));
  const wait = () => registration.installing?.addEventListener("statechange", () => ask(registration.waiting));
  registration.addEventListener("updatefound", wait);
  wait();
  ask(registration.waiting);
  // The browser itself looks for a new version at each visit; a desk may stay open for days.
  setInterval(() => registration.update().catch(() => {}), 3_600_000);
}
