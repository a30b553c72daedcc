// Starts the reporter's page and does for it what only a browser can; the other side is src/browser.rs. Nothing here may store anything.
// scripts/finish-site.mjs bundles this with the glue of wasm-bindgen and fills in the names in capitals.
import { finish, imports, page_begins, page_hears } from "sluis-glue";
import { compile, showFallback, workerPolicy } from "../boot.js";

// What has happened, for Rust: the numbers of `Event` in src/browser.rs.
const TOLD = 6, TICK = 7, ESCAPE = 8, VISIBLE = 9, COPIED = 10, FAILED = 11;
const NOTHING = new Uint8Array();
const say = (event, number, good = true, bytes = NOTHING) => page_hears(event, number, good, bytes);

startPage();

async function startPage() {
  chooseLanguage();
  try {
    const workerUrl = new URL(WORKER_URL, location.href).href;
    const admit = workerPolicy(workerUrl);
    const module = await compile(WASM_URL, WASM_SHA256);
    globalThis.sluis = browser(() => {
      const worker = new Worker(admit(workerUrl), { type: "module" });
      worker.postMessage(module);
      return worker;
    });
    finish(await WebAssembly.instantiate(module, imports()), module);
    listen();
    page_begins(document.getElementById("app"));
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

function listen() {
  setInterval(() => say(TICK, Math.random() * 65536), 1000);
  addEventListener("keydown", ({ key, repeat }) => key === "Escape" && !repeat && say(ESCAPE, 0));
  document.addEventListener("visibilitychange", () => say(VISIBLE, 0, !document.hidden));
}

// What Rust calls.
function browser(startWorker) {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  let worker;
  return {
    // Whether the page comes from this very machine.
    loopback: () => /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(location.hostname),
    // The language that was chosen, and what the address asks for. The entry in the history then says no more than that the page was open.
    opened() {
      const asked = root.lang + location.hash;
      if (location.hash) history.replaceState(null, "", "/");
      return asked;
    },
    // One message to the worker, which is started by the first.
    tell(bytes) {
      try {
        if (!worker) {
          worker = startWorker();
          worker.onmessage = ({ data }) => say(TOLD, 0, true, data);
          worker.onerror = () => say(FAILED, 0);
        }
        worker.postMessage(bytes.slice());
      } catch {
        setTimeout(say, 0, FAILED, 0);
      }
    },
    // One request: no cookies, no referrer, no cache, no redirect.
    ask(event, number, path, body) {
      const init = { credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(25000) };
      if (body.length) Object.assign(init, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: body.slice() });
      fetch(path, init)
        .then(async (answer) => {
          const bytes = await answer.arrayBuffer();
          return [answer.ok, path === "/site.json" && answer.ok ? site(bytes) : new Uint8Array(bytes)];
        })
        .catch(() => [false, NOTHING])
        .then(([good, bytes]) => say(event, number, good, bytes));
    },
    // Ends the worker, empties the page and replaces it: nothing to come back to.
    leave(address) {
      worker?.terminate();
      // Hidden at once: the other site may take a while.
      find("app").hidden = true;
      location.replace(address);
    },
    copy(text) {
      const done = (good) => say(COPIED, 0, good);
      // Pages that are not served securely have no clipboard.
      if (isSecureContext) navigator.clipboard.writeText(text).then(() => done(true), () => done(false));
      else setTimeout(done, 0, false);
    },
    print: () => print(),
    picture: later("picture"),
    save: later("save"),
    // Without the length of an entry; and what Rust lends is its own again when this returns.
    attach: (solution) => later("attach")(solution.slice(0, -1), say),
    focus: (id) => find(id)?.focus(),
    end: () => find("reply-list")?.lastElementChild?.scrollIntoView(),
    words(lang, title) {
      root.lang = lang;
      document.title = title;
    },
    scheme: (name) => root.setAttribute("data-scheme", name),
  };
}

// What the operator says, for Rust: the deployment, where the way out leads, and who can be called.
function site(bytes) {
  const { genesis, exit, phones } = JSON.parse(new TextDecoder().decode(bytes));
  globalThis.sluis.genesis = genesis;
  const fields = [genesis, exit, ...(phones ?? []).flatMap(({ name, number }) => [name, number])];
  return new TextEncoder().encode(fields.map((field) => field ?? "").join("\0"));
}

// Calls something in one more script of ours, which few people use and which is fetched now. A press that comes to nothing is pressed again.
const later = (name) => (...given) => {
  const href = location.origin + MORE_URL;
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href, integrity: MORE_INTEGRITY }));
  import(href).then((more) => more[name](...given));
};
