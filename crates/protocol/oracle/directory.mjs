// The directory: the chain of hashes through the log, and every signature on log, statements and snapshot.
import { readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { Reader, check, parseFrame, same, verify } from './common.mjs';

const folder = new URL('../../directory/tests/vectors/v1/', import.meta.url);
const lines = (name) => readFileSync(new URL(`${name}.hex`, folder), 'utf8').trim().split('\n').map(hexToBytes);
const files = [
  ['log', 'sluis/1/directory-entry', 0x0101],
  ['statements', 'sluis/1/statement', 0x0201],
  ['snapshot', 'sluis/1/snapshot', 0x0301],
];

for (const [name, label, firstType] of files) {
  for (const [index, bytes] of lines(name).entries()) {
    await check(`${name} ${index}`, () => {
      const frame = parseFrame(bytes);
      same('type', frame.type >= firstType && frame.type < firstType + 4, true);
      same('signed', frame.signatures.length > 0, true);
      for (const { key, signature } of frame.signatures) verify(label, frame.signed, signature, key);
    });
  }
}

await check('chain of the log', () => {
  let head = new Uint8Array(32);
  for (const [index, bytes] of lines('log').entries()) {
    const body = new Reader(parseFrame(bytes).body);
    same('number', body.number(), index);
    same('entry before', body.take(32), head);
    head = sha256(bytes);
  }
  same('head', head, lines('head')[0]);
});
