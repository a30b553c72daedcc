// Makes a finished WebAssembly module lighter: short names, and a form that compresses better.
import { constant, operands, PREFIXED, STREAMS, unpack } from "../../frontend/unpack.js";
import { letters } from "./css.mjs";

const CUSTOM = 0, IMPORT = 2, EXPORT = 7, CODE = 10;

// Gives every import and export of the module a name of one or two letters, in the module and in the glue of wasm-bindgen alike, and drops
// the custom sections. Returns both.
export function shorten(wasm, glue) {
  const renamed = new Map();
  const short = (kind, name) => {
    const key = `${kind} ${name}`;
    if (!renamed.has(key)) renamed.set(key, letters(renamed.size));
    return renamed.get(key);
  };
  const parts = [wasm.subarray(0, 8)];
  for (const { id, body } of sections(wasm)) {
    if (id === CUSTOM) continue;
    let content = body;
    if (id === IMPORT) content = renameImports(body, (module, name) => [short("module", module), short("import", name)]);
    if (id === EXPORT) content = renameExports(body, (name) => short("export", name));
    parts.push(Buffer.from([id]), number(content.length), content);
  }
  const found = new Set();
  const use = (kind, name, whole, put) => {
    const key = `${kind} ${name}`;
    if (!renamed.has(key)) return whole;
    found.add(key);
    return put(renamed.get(key));
  };
  const text = glue
    .replace(/^(\s+)(__wb\w+): function/gm, (whole, space, name) => use("import", name, whole, (to) => `${space}${to}: function`))
    .replace(/^(\s+)"(\.\/[^"]+)": import0/gm, (whole, space, name) => use("module", name, whole, (to) => `${space}"${to}": import0`))
    .replace(/\bwasm\.(\w+)/g, (whole, name) => use("export", name, whole, (to) => `wasm.${to}`));
  // An import that the glue does not give, or gives in a form that is not known here, would only be noticed in the browser.
  for (const key of renamed.keys()) {
    if (!key.startsWith("export") && !found.has(key)) throw new Error(`the glue has no ${key}`);
  }
  return {
    wasm: Buffer.concat(parts),
    glue: text,
    // The short names of the imports whose own names fit.
    imports: (pattern) => new Set([...renamed].filter(([key]) => key.startsWith("import ") && pattern.test(key.slice(7))).map(([, to]) => to)),
  };
}

// The glue with only those imports whose names `keep` accepts; calling another one is an error.
export function onlyImports(glue, keep) {
  const start = glue.indexOf("    const import0 = {");
  const end = glue.indexOf("\n    };", start);
  const kept = glue
    .slice(start, end)
    .split(/\n(?= {8}\S+: function)/)
    .filter((entry, index) => index === 0 || keep(/^ {8}(\w+): function/.exec(entry)[1]));
  const missing = "new Proxy(import0, { get: (own, name) => own[name] ?? (() => { throw new TypeError(name); }) })";
  return `${glue.slice(0, start)}${kept.join("\n")}${glue.slice(end).replace(": import0", `: ${missing}`)}`;
}

// The packed form of a module, for frontend/unpack.js.
export function pack(wasm) {
  const streams = Array.from({ length: STREAMS }, () => []);
  let stream = 0;
  streams[0].push(wasm.subarray(0, 8));
  for (const { id, body, whole } of sections(wasm)) {
    if (id === CODE) packCode(body, streams);
    else streams[stream].push(whole);
    if (id === CODE) stream = 1;
  }
  const parts = streams.map((pieces) => Buffer.concat(pieces));
  const packed = Buffer.concat([...parts.map((part) => number(part.length)), ...parts]);
  const [own, other] = [withoutAlignment(wasm), Buffer.from(unpack(packed))];
  if (!own.equals(other)) throw new Error("a module that does not unpack to what it was");
  return packed;
}

// Where the streams of a packed module end.
export function seams(packed) {
  const lengths = [];
  let at = 0;
  for (let count = STREAMS; count--; ) {
    const [length, next] = read(packed, at);
    lengths.push(length);
    at = next;
  }
  return lengths.map((length) => (at += length));
}

// Calls `use(stream, start, end)` for each piece of the code, and `aligned(start, end)` for each hint on alignment.
export function walkCode(body, use, aligned) {
  let [count, at] = read(body, 0);
  const step = (stream, bytes) => {
    let [value, end] = bytes ? [0, at + bytes] : read(body, at);
    use(stream, at, end);
    at = end;
    return value;
  };
  while (count--) {
    const [size, start] = read(body, at);
    at = start;
    for (let kinds = step(3); kinds--; step(3, 1)) step(3);
    while (at < start + size) {
      const op = body[at];
      step(2, 1);
      if (op >= 40 && op <= 62) {
        const [, end] = read(body, at);
        aligned(at, end);
        at = end;
        step(8);
      } else if (op === 65) {
        step(constant(body[read(body, at)[1]]));
      } else if (op === 14) {
        for (let jumps = step(13); jumps-- >= 0; ) step(13);
      } else if (op === 252) {
        for (let numbers = Number(PREFIXED[step(12)]); numbers--; ) step(12);
      } else if (op === 67 || op === 68) {
        step(14, op === 67 ? 4 : 8);
      } else {
        for (const stream of operands(op)) step(stream);
      }
    }
  }
}

function packCode(body, streams) {
  walkCode(body, (stream, start, end) => streams[stream].push(body.subarray(start, end)), () => {});
}

function withoutAlignment(wasm) {
  const plain = Buffer.from(wasm);
  for (const { id, body } of sections(plain)) {
    if (id === CODE) walkCode(body, () => {}, (start) => { body[start] = 0; });
  }
  return plain;
}

export function* sections(wasm) {
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    const [size, body] = read(wasm, at + 1);
    yield { id, body: wasm.subarray(body, body + size), whole: wasm.subarray(at, body + size) };
    at = body + size;
  }
}

function renameImports(body, rename) {
  let [count, at] = read(body, 0);
  const parts = [number(count)];
  while (count--) {
    let module, name;
    [module, at] = readName(body, at);
    [name, at] = readName(body, at);
    const kind = body[at];
    // Of what else can be imported, wasm-bindgen makes no use.
    if (kind !== 0) throw new Error("an import that is no function");
    const [, next] = read(body, at + 1);
    parts.push(...rename(module, name).map(nameBytes), body.subarray(at, next));
    at = next;
  }
  return Buffer.concat(parts);
}

function renameExports(body, rename) {
  let [count, at] = read(body, 0);
  const parts = [number(count)];
  while (count--) {
    let name;
    [name, at] = readName(body, at);
    const [, next] = read(body, at + 1);
    parts.push(nameBytes(rename(name)), body.subarray(at, next));
    at = next;
  }
  return Buffer.concat(parts);
}

// LEB128.
export function read(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

export function number(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

export function readName(bytes, at) {
  const [length, start] = read(bytes, at);
  return [bytes.toString("utf8", start, start + length), start + length];
}

export function nameBytes(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([number(bytes.length), bytes]);
}
