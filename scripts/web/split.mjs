// Cuts a finished WebAssembly module in two: what the first screens need, and the rest, which is fetched while somebody looks at them.
//
// Both parts share the memory, the tables and the globals of the first, and the rest imports the functions of the first that it calls. In the
// first part a function of the rest is a stub: it sees to it that the rest is there and then calls it through the table of functions.
// frontend/rest.js is the other side.
import { nameBytes, number, read, readName, sections, walkCode } from "./wasm.mjs";

const CUSTOM = 0, TYPE = 1, IMPORT = 2, FUNCTION = 3, TABLE = 4, MEMORY = 5, GLOBAL = 6, EXPORT = 7, START = 8, ELEMENT = 9, CODE = 10;
const OF_FUNCTION = 0, OF_TABLE = 1, OF_MEMORY = 2, OF_GLOBAL = 3;
const I32 = 0x7f, EMPTY = 0x40, END = 0x0b;
const CALL = 0x10, CALL_INDIRECT = 0x11, IF = 0x04, LOCAL_GET = 0x20, GLOBAL_GET = 0x23, I32_CONST = 0x41, I32_EQZ = 0x45, REF_FUNC = 0xd2;
// The stream of the functions that are called, in the packed form.
const CALLED = 5;
// The namespace between both parts; no import of wasm-bindgen has it.
const SHARED = "0";

// The names of all functions, by their index, without the hashes of their crates.
export function functionNames(wasm) {
  const names = [];
  for (const { id, body } of sections(wasm)) {
    if (id !== CUSTOM) continue;
    let [title, at] = readName(body, 0);
    while (title === "name" && at < body.length) {
      const kind = body[at];
      let [size, start] = read(body, at + 1);
      at = start + size;
      if (kind !== 1) continue;
      for (let [count, place] = read(body, start); count--; ) {
        let index;
        [index, place] = read(body, place);
        [names[index], place] = readName(body, place);
      }
    }
  }
  return Array.from(names, (name = "") => name.replace(/\[[0-9a-f]{6,16}\]/g, ""));
}

// Both parts of a module. `isFirst` says of a function, by its index and its length in bytes, whether the first screens need it.
export function split(wasm, isFirst) {
  const module = new Module(wasm);
  const plan = new Plan(module, isFirst);
  return { first: firstPart(module, plan), rest: restPart(module, plan) };
}

// The module with every function telling the import `0.hit` its index, for scripts/first.mjs.
export function instrument(wasm) {
  const module = new Module(wasm);
  const hit = module.imports.length;
  const type = module.typeOf([I32], []);
  const moved = (index) => (index < hit ? index : index + 1);
  const bodies = module.code.map((body, place) => {
    const start = Buffer.concat([constant(place + hit), Buffer.from([CALL]), number(hit)]);
    return rewrite(body, (index) => [Buffer.from([CALL]), number(moved(index))], start);
  });
  const own = module.exports.map((one) => (one.kind === OF_FUNCTION ? { ...one, index: moved(one.index) } : one));
  const segments = module.segments.map(({ offset, functions }) => ({ offset, functions: functions.map(moved) }));
  return module.write({ imports: [...module.imports, { module: SHARED, name: "hit", type }], types: module.functions, exports: own, segments, bodies });
}

class Module {
  constructor(wasm) {
    this.raw = new Map();
    for (const { id, body } of sections(wasm)) if (id !== CUSTOM) this.raw.set(id, body);
    if (this.raw.has(START)) throw new Error("a module with a start function");
    this.types = list(this.raw.get(TYPE), (body, at) => {
      if (body[at] !== 0x60) throw new Error("a type that is no function");
      const [parameters, middle] = kinds(body, at + 1);
      const [results, end] = kinds(body, middle);
      return [{ parameters, results }, end];
    });
    this.imports = list(this.raw.get(IMPORT), (body, at) => {
      const [module, middle] = readName(body, at);
      const [name, end] = readName(body, middle);
      if (body[end] !== OF_FUNCTION) throw new Error("an import that is no function");
      const [type, next] = read(body, end + 1);
      return [{ module, name, type }, next];
    });
    this.functions = list(this.raw.get(FUNCTION), read);
    this.tables = list(this.raw.get(TABLE), (body, at) => {
      const kind = body[at];
      let [least, next] = read(body, at + 2);
      let most;
      if (body[at + 1] & 1) [most, next] = read(body, next);
      return [{ kind, least, most }, next];
    });
    this.globals = list(this.raw.get(GLOBAL), (body, at) => {
      const [kind, variable] = [body[at], body[at + 1]];
      const end = body.indexOf(END, at + 2) + 1;
      // A constant whose bytes hold the sign of an end: numbers go on while their highest bit is set.
      let stop = at + 3;
      if (body[at + 2] === I32_CONST) while (body[stop++] & 128);
      const next = body[at + 2] === I32_CONST ? stop + 1 : end;
      return [{ kind, variable, raw: body.subarray(at, next) }, next];
    });
    this.exports = list(this.raw.get(EXPORT), (body, at) => {
      const [name, middle] = readName(body, at);
      const [index, next] = read(body, middle + 1);
      return [{ name, kind: body[middle], index }, next];
    });
    this.segments = list(this.raw.get(ELEMENT), (body, at) => {
      if (body[at] !== 0 || body[at + 1] !== I32_CONST) throw new Error("a table that is filled in a way that is not known here");
      const [offset, end] = readSigned(body, at + 2);
      const [count, start] = read(body, end + 1);
      let next = start;
      const functions = Array.from({ length: count }, () => {
        let index;
        [index, next] = read(body, next);
        return index;
      });
      return [{ offset, functions }, next];
    });
    this.code = list(this.raw.get(CODE), (body, at) => {
      const [size, start] = read(body, at);
      return [body.subarray(start, start + size), start + size];
    });
  }

  // The type of a function, by its index.
  type(index) {
    return index < this.imports.length ? this.imports[index].type : this.functions[index - this.imports.length];
  }

  // The index of a type, which is added if there is none.
  typeOf(parameters, results) {
    const same = (one, other) => one.length === other.length && one.every((kind, place) => kind === other[place]);
    const known = this.types.findIndex((type) => same(type.parameters, parameters) && same(type.results, results));
    return known >= 0 ? known : this.types.push({ parameters, results }) - 1;
  }

  // A module of these parts, with all else as it is here.
  write({ imports, types, exports, segments, bodies, tables = this.tables, globals = [] }) {
    const parts = [
      [TYPE, this.types.map(typeBytes)],
      [IMPORT, imports.map((one) => Buffer.concat([nameBytes(one.module), nameBytes(one.name), Buffer.from([OF_FUNCTION]), number(one.type)]))],
      [FUNCTION, types.map(number)],
      [TABLE, tables.map(tableBytes)],
      [MEMORY],
      [GLOBAL, [...this.globals.map((one) => one.raw), ...globals]],
      [EXPORT, exports.map((one) => Buffer.concat([nameBytes(one.name), Buffer.from([one.kind]), number(one.index)]))],
      [ELEMENT, segments.map(segmentBytes)],
      [12],
      [CODE, bodies.map(sized)],
      [11],
    ];
    return assemble(parts.map(([id, entries]) => [id, entries ? vector(entries) : this.raw.get(id)]));
  }
}

// Who goes where.
class Plan {
  constructor(module, isFirst) {
    const imported = module.imports.length;
    const all = module.code.map((_, place) => place + imported);
    const late = new Set(all.filter((index) => !isFirst(index, module.code[index - imported].length)));
    const called = (bodies) => new Set(bodies.flatMap((index) => callsOf(module.code[index - imported])));
    const fromFirst = called(all.filter((index) => !late.has(index)));
    const fromLate = called([...late]);
    // The place of each function in the table; a function may have several.
    const slots = new Map();
    for (const { offset, functions } of module.segments) functions.forEach((index, place) => slots.has(index) || slots.set(index, offset + place));
    const exported = new Set(module.exports.filter((one) => one.kind === OF_FUNCTION).map((one) => one.index));
    this.late = late;
    this.stubs = new Set([...late].filter((index) => fromFirst.has(index) || slots.has(index) || exported.has(index)));
    this.end = module.tables[0].least;
    this.added = [...this.stubs].filter((index) => !slots.has(index));
    this.added.forEach((index, place) => slots.set(index, this.end + place));
    this.slots = slots;
    // What the rest calls: of what is imported, and of the first part.
    this.used = [...fromLate].filter((index) => !late.has(index)).sort((one, other) => one - other);
  }
}

function firstPart(module, plan) {
  const imported = module.imports.length;
  const type = module.typeOf([], []);
  const ready = module.globals.length;
  const kept = module.code.map((_, place) => place + imported).filter((index) => !plan.late.has(index) || plan.stubs.has(index));
  const moved = new Map(kept.map((index, place) => [index, imported + 1 + place]));
  const to = (index) => (index < imported ? index : moved.get(index));
  const stub = (index) => {
    const parameters = module.types[module.type(index)].parameters.flatMap((_, place) => [Buffer.from([LOCAL_GET]), number(place)]);
    const wait = [Buffer.from([0, GLOBAL_GET]), number(ready), Buffer.from([I32_EQZ, IF, EMPTY, CALL]), number(imported), Buffer.from([END])];
    return Buffer.concat([...wait, ...parameters, ...throughTable(module, plan, index), Buffer.from([END])]);
  };
  const bodies = kept.map((index) => (plan.late.has(index) ? stub(index) : rewrite(module.code[index - imported], (called) => [Buffer.from([CALL]), number(to(called))])));
  const called = plan.used.filter((index) => index >= imported).map((index) => ({ name: exportName(index), kind: OF_FUNCTION, index: to(index) }));
  const shared = [...sharedParts(module).map(({ name, kind, index }) => ({ name, kind, index })), ...called];
  const tables = module.tables.map((table, place) => (place > 0 ? table : { ...table, least: table.least + plan.added.length, most: table.most && table.most + plan.added.length }));
  return module.write({
    imports: [...module.imports, { module: SHARED, name: "now", type }],
    types: kept.map((index) => module.type(index)),
    tables,
    globals: [Buffer.from([I32, 1, I32_CONST, 0, END])],
    exports: [...module.exports.map((one) => (one.kind === OF_FUNCTION ? { ...one, index: to(one.index) } : one)), ...shared, { name: "ready", kind: OF_GLOBAL, index: ready }],
    segments: [...module.segments.map(({ offset, functions }) => ({ offset, functions: functions.map(to) })), { offset: plan.end, functions: plan.added.map(to) }],
    bodies,
  });
}

function restPart(module, plan) {
  const imported = module.imports.length;
  const late = [...plan.late].sort((one, other) => one - other);
  const moved = new Map([...plan.used, ...late].map((index, place) => [index, place]));
  const call = (index) => [Buffer.from([CALL]), number(moved.get(index))];
  const bodies = late.map((index) => rewrite(module.code[index - imported], call));
  const functions = plan.used.map((index) => {
    const own = { module: SHARED, name: exportName(index), type: module.type(index) };
    const { module: from, name, type } = index < imported ? module.imports[index] : own;
    return Buffer.concat([nameBytes(from), nameBytes(name), Buffer.from([OF_FUNCTION]), number(type)]);
  });
  const shared = sharedParts(module, plan.added.length).map(({ name, kind, bytes }) => Buffer.concat([nameBytes(SHARED), nameBytes(name), Buffer.from([kind]), bytes]));
  // All places in the table where a stub stands.
  const places = [...module.segments, { offset: plan.end, functions: plan.added }].flatMap(({ offset, functions }) =>
    functions.map((index, place) => [offset + place, index]).filter(([, index]) => plan.late.has(index)),
  );
  const runs = [];
  for (const [offset, index] of places) {
    const run = runs.at(-1);
    if (run && run.offset + run.functions.length === offset) run.functions.push(moved.get(index));
    else runs.push({ offset, functions: [moved.get(index)] });
  }
  return assemble([
    [TYPE, vector(module.types.map(typeBytes))],
    [IMPORT, vector([...functions, ...shared])],
    [FUNCTION, vector(late.map((index) => number(module.type(index))))],
    [ELEMENT, vector(runs.map(segmentBytes))],
    [CODE, vector(bodies.map(sized))],
  ]);
}

// What the rest imports of the first part, in the order of the indices.
function sharedParts(module, added = 0) {
  const tables = module.tables.map((table, index) => {
    const grown = index > 0 ? table : { ...table, least: table.least + added, most: table.most && table.most + added };
    return { name: `t${index}`, kind: OF_TABLE, index, bytes: tableBytes(grown) };
  });
  const globals = module.globals.map(({ kind, variable }, index) => ({ name: `g${index}`, kind: OF_GLOBAL, index, bytes: Buffer.from([kind, variable]) }));
  // One memory, without its count.
  const memory = { name: "m0", kind: OF_MEMORY, index: 0, bytes: module.raw.get(MEMORY).subarray(1) };
  return [...tables, memory, ...globals];
}

// No other export begins with a digit.
function exportName(index) {
  return index.toString(36).padStart(2, "0").replace(/^\D/, "0$&");
}

function throughTable(module, plan, index) {
  return [constant(plan.slots.get(index)), Buffer.from([CALL_INDIRECT]), number(module.type(index)), number(0)];
}

function callsOf(body) {
  const called = [];
  rewrite(body, (index) => (called.push(index), []));
  return called;
}

// The body of a function with other calls, and with `start` before all else.
function rewrite(whole, call, start = Buffer.alloc(0)) {
  const body = Buffer.concat([number(1), number(whole.length), whole]);
  const pieces = [];
  let declared = true;
  walkCode(
    body,
    (stream, from, to) => {
      const piece = body.subarray(from, to);
      if (stream === 2 && declared) {
        pieces.push(start);
        declared = false;
      }
      if (stream === 2 && piece[0] === REF_FUNC) throw new Error("a function that is used as a value");
      if (stream === CALLED) pieces.splice(-1, 1, ...call(read(piece, 0)[0]));
      else pieces.push(piece);
    },
    // Hints on alignment: zero promises nothing.
    () => pieces.push(Buffer.from([0])),
  );
  return Buffer.concat(pieces);
}

function assemble(parts) {
  const head = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([head, ...parts.filter(([, body]) => body).flatMap(([id, body]) => [Buffer.from([id]), number(body.length), body])]);
}

function list(body, one) {
  if (!body) return [];
  let [count, at] = read(body, 0);
  return Array.from({ length: count }, () => {
    const [value, next] = one(body, at);
    at = next;
    return value;
  });
}

function kinds(body, at) {
  const [count, start] = read(body, at);
  return [[...body.subarray(start, start + count)], start + count];
}

function vector(entries) {
  return Buffer.concat([number(entries.length), ...entries]);
}

function sized(body) {
  return Buffer.concat([number(body.length), body]);
}

function typeBytes({ parameters, results }) {
  return Buffer.concat([Buffer.from([0x60]), number(parameters.length), Buffer.from(parameters), number(results.length), Buffer.from(results)]);
}

function tableBytes({ kind, least, most }) {
  return Buffer.concat([Buffer.from([kind, most === undefined ? 0 : 1]), number(least), ...(most === undefined ? [] : [number(most)])]);
}

function segmentBytes({ offset, functions }) {
  return Buffer.concat([Buffer.from([0]), constant(offset), Buffer.from([END]), vector(functions.map(number))]);
}

function constant(value) {
  const bytes = [];
  for (let left = value; ; left >>= 7) {
    const done = left < 64 && left >= -64;
    bytes.push((left & 127) | (done ? 0 : 128));
    if (done) return Buffer.from([I32_CONST, ...bytes]);
  }
}

function readSigned(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) return [byte & 64 && shift < 32 ? value | (-1 << shift) : value, at];
  }
}
