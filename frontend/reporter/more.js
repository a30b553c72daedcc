// What few reporters use, fetched only when somebody asks for it (boot.js), so that the page itself stays light: a picture of the words; files and
// voice messages, which are cleaned, sealed piece by piece and sent. Nothing here may store anything. The formats are those of docs/protocol.md 6.10.
// scripts/finish-site.mjs fills in WORDS from the catalogues.
const ATTACHED = 12;
const MOST = 25 * 1024 * 1024, PIECE = 256 * 1024, CHUNK = 16 * 1024, TAG = 16, FLOOR = 64 * 1024;
const PUT = PIECE + 256 + 256, OPEN = 256, REQUEST = 128;
const encoder = new TextEncoder();

let say, place, words, card, stop, pay;

// Shows the panel, or brings work that buys a file.
export function attach(solution, tell) {
  if (solution.length) return pay?.(solution);
  say = tell;
  place = document.getElementById("attach-place");
  words = WORDS[document.documentElement.lang] ?? WORDS.nl;
  if (stop) place.replaceChildren(card);
  else choose();
}

// A picture of the words.
export function picture(title, words) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 800];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 640, 800);
  pen.fillStyle = "#111";
  pen.font = "600 36px system-ui, sans-serif";
  pen.fillText(title, 48, 80);
  pen.font = "48px system-ui, sans-serif";
  words.split(" ").forEach((word, row) => pen.fillText(`${row + 1}  ${word}`, 48, 168 + row * 80));
  canvas.toBlob((blob) => download("8.png", blob));
}

// The words as text.
export function save(name, text) {
  download(name, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

function download(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

// ---- what a person sees ----

function element(tag, fields, ...inside) {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
}

const PLAIN = "utrecht-button utrecht-button--html-button utrecht-button--secondary-action";
const PRIMARY = "utrecht-button utrecht-button--html-button utrecht-button--primary-action";
const button = (id, text, onclick, className = PLAIN) => element("button", { id, type: "button", className, textContent: text, onclick });
const line = (text, fields) => element("p", { textContent: text, ...fields });
const row = (...inside) => element("div", { className: "sluis-row-of" }, ...inside);

// Fills the panel; the focus goes to its heading, so that it is read aloud.
function show(...inside) {
  const title = element("h2", { id: "attach-title", className: "utrecht-heading-3", textContent: words["attach-title"], tabIndex: -1 });
  card = element("section", { className: "sluis-card sluis-stack" }, title, ...inside);
  card.setAttribute("aria-labelledby", "attach-title");
  place.replaceChildren(card);
  title.focus();
}

function choose(error) {
  const input = element("input", { id: "attach-file", type: "file", className: "sluis-hidden" });
  input.onchange = () => input.files[0] && take(input.files[0]);
  input.setAttribute("aria-label", words["attach-choose"]);
  const all = [row(button("attach-choose", words["attach-choose"], () => input.click()))];
  if (navigator.mediaDevices && globalThis.MediaRecorder) all[0].append(button("attach-record", words["attach-record"], record));
  all[0].append(button("attach-close", words["attach-close"], () => place.replaceChildren()));
  if (error) all.unshift(line(error, { id: "attach-error", role: "alert" }));
  show(line(words["attach-hint"], { className: "sluis-soft" }), ...all, input);
}

// ---- what is chosen or recorded ----

async function take(file) {
  if (!file.size) return choose(words["attach-err-empty"]);
  show(line(words["attach-busy"]));
  const cleaned = await clean(file).catch(() => undefined);
  const blob = cleaned ?? file;
  if (blob.size > MOST) return choose(words["attach-err-large"]);
  confirm({ blob, name: file.name, media: blob.type, cleaned: Boolean(cleaned) }, words[cleaned ? "attach-photo-warn" : "attach-file-warn"]);
}

// A picture is drawn anew: what else stood in its file is gone. Nothing for what cannot be drawn.
async function clean(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return undefined;
  const bitmap = await createImageBitmap(file);
  const canvas = element("canvas", { width: bitmap.width, height: bitmap.height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  const drawn = await new Promise((done) => canvas.toBlob(done, file.type, 0.9));
  return drawn?.type === file.type ? drawn : undefined;
}

async function record() {
  let sound;
  try {
    sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return choose(words["attach-err-microphone"]);
  }
  const recorder = new MediaRecorder(sound);
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    for (const track of sound.getTracks()) track.stop();
    const media = recorder.mimeType.split(";")[0];
    const blob = new Blob(parts, { type: media });
    if (!blob.size || blob.size > MOST) return choose(words[blob.size ? "attach-err-large" : "attach-err-empty"]);
    confirm({ blob, name: `${words["attach-voice-name"]}.${media.split("/")[1]}`, media, cleaned: false }, words["attach-voice-warn"], true);
  };
  recorder.start();
  show(line(words["attach-recording"], { role: "status" }), row(button("attach-record-stop", words["attach-record-stop"], () => recorder.stop(), PRIMARY)));
}

// Before anything is sent the page says what it can give away.
function confirm(file, warning, listen) {
  const inside = [line(`${file.name} (${Math.ceil(file.blob.size / 1000)} kB)`, { id: "attach-name", className: "sluis-strong" }), line(warning, { id: "attach-warning" })];
  let address;
  if (listen) {
    address = URL.createObjectURL(file.blob);
    inside.splice(1, 0, element("audio", { controls: true, src: address }));
  }
  const leave = (then) => () => {
    if (address) URL.revokeObjectURL(address);
    then();
  };
  show(...inside, row(button("attach-send", words["attach-send"], leave(() => send(file)), PRIMARY), button("attach-not", words["attach-not"], leave(() => choose()))));
}

// ---- on its way ----

async function send(file) {
  const bar = element("progress", { max: 1, value: 0, className: "sluis-progress__bar" });
  bar.setAttribute("aria-label", file.name);
  const state = line("", { id: "attach-state", role: "status" });
  const at = (word, done) => {
    state.textContent = words[word];
    bar.value = done;
  };
  const mine = (stop = new AbortController());
  show(line(file.name, { className: "sluis-strong" }), bar, state, row(button("attach-stop", words["attach-stop"], () => mine.abort())));
  try {
    const part = await deliver(file, at, mine.signal);
    const name = fit(file.name);
    say(ATTACHED, 0, true, bytes([name.length], name, part));
    show(line(words["attach-done"], { id: "attach-done", role: "status" }), row(button("attach-more", words["attach-choose"], () => choose()), button("attach-close", words["attach-close"], () => place.replaceChildren())));
  } catch {
    choose(mine.signal.aborted ? undefined : words["attach-err-failed"]);
  } finally {
    stop = undefined;
  }
}

// Seals and sends a file; gives what the message says of it.
async function deliver({ blob, name, media, cleaned }, at, signal) {
  at("attach-locking", 0);
  const content = new Uint8Array(await blob.arrayBuffer());
  const size = content.length;
  const padded = padme(size + 1) - 1;
  const pieces = Math.ceil(padded / PIECE);
  const file = random(16), key = random(32), salt = random(24);
  const sealing = await derive(key, salt, context("sluis/1/file", genesis(), file, whole(size)));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const ticket = await buy(file, pieces, at, signal);
  const look = () => insist("look", padTo(ticket, REQUEST), at, signal);
  // Which pieces the server has is asked again after every failure.
  for (let has = await look(), number = 0; number < pieces; number++) {
    if ((has[1 + (number >> 3)] >> (number & 7)) & 1) continue;
    const sealed = await seal(sealing, content, padded, number);
    await insist("piece/put", padTo(bytes(ticket, varint(number), varint(sealed.length), sealed), PUT), at, signal);
    at("attach-sending", (number + 1) / pieces);
  }
  await insist("finish", padTo(ticket, REQUEST), at, signal);
  const text = (words) => bytes(varint(words.length), words);
  return bytes(file, text(bytes(key, salt, sealing.commitment)), varint(size), hash, text(fit(name)), text(fit(media)), [cleaned ? 1 : 0]);
}

// One proof of work buys a file. Work that the server does not take is done anew.
async function buy(file, pieces, at, signal) {
  for (let tries = 0; tries < 6; tries++) {
    at("attach-working", 0);
    const solution = await new Promise((done, failed) => {
      pay = done;
      signal.addEventListener("abort", failed);
      say(ATTACHED, 0, false);
    });
    try {
      return await insist("open", padTo(bytes(solution, file, varint(pieces)), OPEN), at, signal);
    } catch (error) {
      if (error.message !== "WorkWrong") throw error;
    }
  }
  throw new Error("WorkWrong");
}

// One request, again and again until there is a connection. A refusal ends it.
async function insist(call, body, at, signal) {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    const init = { method: "POST", headers: { "content-type": "application/octet-stream" }, body, credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" };
    try {
      const answer = await fetch(`/api/1/file/${call}`, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]) });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      const { code } = await answer.json();
      if (!/^(Busy|Internal)$/.test(code)) throw Object.assign(new Error(code), { refused: true });
    } catch (error) {
      if (error.refused) throw error;
      signal.throwIfAborted();
    }
    at("attach-waiting", 0);
    await new Promise((done) => setTimeout(done, Math.min(30_000, 1_000 * 2 ** tries)));
  }
}

// ---- formats ----

// Chunked encryption v1 of C2SP with AES-256-GCM: key, base nonce and commitment by HKDF-Expand with SHA-512.
export async function derive(key, salt, context) {
  const mac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-512" }, false, ["sign"]);
  const input = bytes(encoder.encode("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"), salt, context);
  const block = async (before, number) => new Uint8Array(await crypto.subtle.sign("HMAC", mac, bytes(before, input, [number])));
  const first = await block([], 1);
  const stream = bytes(first, await block(first, 2));
  const cipher = await crypto.subtle.importKey("raw", stream.slice(0, 32), "AES-GCM", false, ["encrypt"]);
  return { cipher, nonce: stream.slice(32, 44), commitment: stream.slice(44, 76) };
}

export async function seal({ cipher, nonce }, content, padded, number) {
  const start = number * PIECE;
  const length = Math.min(PIECE, padded - start);
  let piece = content.subarray(start, start + length);
  if (piece.length < length) {
    piece = new Uint8Array(length);
    piece.set(content.subarray(start));
  }
  const chunks = [];
  for (let at = 0; at < length; at += CHUNK) {
    const iv = nonce.slice();
    const count = new DataView(iv.buffer);
    count.setUint32(8, count.getUint32(8) ^ ((start + at) / CHUNK));
    chunks.push(crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, piece.subarray(at, at + CHUNK)));
  }
  const sealed = new Uint8Array(length + chunks.length * TAG);
  for (const [place, chunk] of chunks.entries()) sealed.set(new Uint8Array(await chunk), place * (CHUNK + TAG));
  return sealed;
}

function padme(length) {
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.max(FLOOR, Math.ceil(length / step) * step);
}

function context(label, ...parts) {
  const long = (length) => {
    const four = new Uint8Array(4);
    new DataView(four.buffer).setUint32(0, length);
    return four;
  };
  return bytes([label.length], encoder.encode(label), ...parts.flatMap((part) => [long(part.length), part]));
}

const genesis = () => Uint8Array.from(globalThis.sluis.genesis.match(/../g), (pair) => parseInt(pair, 16));

function whole(number) {
  const eight = new Uint8Array(8);
  new DataView(eight.buffer).setBigUint64(0, BigInt(number));
  return eight;
}

function varint(number) {
  const all = [];
  for (; number > 127; number = Math.floor(number / 128)) all.push((number % 128) | 128);
  return [...all, number];
}

// Length in front, zeros behind: every request of a kind has one size.
function padTo(content, size) {
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, content.length, true);
  padded.set(content, 4);
  return padded;
}

// As many letters as fit in 200 bytes.
function fit(text) {
  const room = new Uint8Array(200);
  return room.slice(0, encoder.encodeInto(text, room).written);
}

function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

function bytes(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
