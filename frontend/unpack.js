// Unpacks a WebAssembly module. scripts/web/wasm.mjs packs: it sorts the bytes of the code by what they mean, as like compresses well
// beside like, and a page is an eighth lighter. A packed module is the lengths of its streams, then the streams:
//   0  all before the code section      4  variables      8  offsets          12  other small numbers
//   1  all after it                     5  calls          9  block types      13  tables of jumps
//   2  opcodes                          6  i32 constants  10  jumps           14  the rest
//   3  declarations of variables        7  i64 constants  11  globals          15 and 16  other i32 constants
// Hints on alignment are left out; they are zero, which promises nothing.
export const STREAMS = 17;

// The streams of the numbers that follow an opcode. Numbers are LEB128 throughout.
export function operands(op) {
  if (op === 2 || op === 3 || op === 4) return [9];
  if (op === 12 || op === 13) return [10];
  if (op === 16) return [5];
  if (op === 17) return [12, 12];
  if (op >= 32 && op <= 34) return [4];
  if (op >= 35 && op <= 38) return [11];
  if (op === 66) return [7];
  if (op === 63 || op === 64 || op === 208 || op === 210) return [12];
  return [];
}

// The stream of an i32 constant, by the opcode after it: what is added, what is calculated or compared with, and the rest.
export function constant(next) {
  if (next === 106 || next === 107) return 15;
  return next < 69 ? 6 : 16;
}

// How many numbers follow an opcode of two bytes, by the second: those of saturating conversions and of memory and tables.
export const PREFIXED = "000000002110212111";

export function unpack(packed) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const lengths = Array.from({ length: STREAMS }, number);
  const places = lengths.map((length) => [at, (at += length)][0]);
  const whole = (stream) => packed.subarray(places[stream], places[stream] + lengths[stream]);
  let out;
  const byte = (stream) => {
    const value = packed[places[stream]++];
    out.push(value);
    return value;
  };
  // Copies a number and returns it.
  const copy = (stream) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte(stream);
      value |= (part & 127) << shift;
      if (part < 128) return value;
    }
  };
  const put = (list, value) => {
    for (; value > 127; value >>>= 7) list.push((value & 127) | 128);
    list.push(value);
  };
  const code = [];
  const end = places[2] + lengths[2];
  let count = 0;
  for (; places[2] < end; count++) {
    out = [];
    for (let kinds = copy(3); kinds--; byte(3)) copy(3);
    for (let depth = 0; depth >= 0; ) {
      const op = byte(2);
      if (op >= 2 && op <= 4) depth++;
      if (op === 11) depth--;
      if (op >= 40 && op <= 62) {
        out.push(0);
        copy(8);
      } else if (op === 65) {
        copy(constant(packed[places[2]]));
      } else if (op === 14) {
        for (let jumps = copy(13); jumps-- >= 0; ) copy(13);
      } else if (op === 252) {
        for (let numbers = +PREFIXED[copy(12)]; numbers--; ) copy(12);
      } else if (op === 67 || op === 68) {
        for (let bytes = op === 67 ? 4 : 8; bytes--; ) byte(14);
      } else {
        for (const stream of operands(op)) copy(stream);
      }
    }
    put(code, out.length);
    for (const value of out) code.push(value);
  }
  const head = [];
  put(head, count);
  const size = head.length + code.length;
  const section = [10];
  put(section, size);
  const before = whole(0);
  const module = new Uint8Array(before.length + section.length + size + lengths[1]);
  let place = 0;
  for (const part of [before, section, head, code, whole(1)]) {
    module.set(part, place);
    place += part.length;
  }
  return module;
}
