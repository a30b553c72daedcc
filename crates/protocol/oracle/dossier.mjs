// Dossiers: derived keys, links of a control chain with their wraps, events.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import {
  Reader, bigEndian, cases, check, context, derive, nothing, openChunked, openHpke, parseFrame, same, unpad, verify,
} from './common.mjs';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const hash = (label, parts) => sha256(context(label, parts));

for (const [index, entry] of cases('dossier-keys.json').entries()) {
  await check(`dossier keys ${index}`, () => {
    const address = hexToBytes(entry.address);
    const bits = Number.parseInt(entry.address.slice(0, 8), 16);
    const letters = Array.from({ length: 6 }, (_, at) => ALPHABET[(bits >>> (27 - 5 * at)) & 31]).join('');
    same('number', `${letters.slice(0, 3)}-${letters.slice(3)}`, entry.number);
    const place = [address, bigEndian(entry.epoch, 4)];
    const content = hexToBytes(entry.content);
    const readSeed = derive(content, 'sluis/1/dossier-read', place);
    same('read seed', readSeed, entry.read_seed);
    same('read key', ed25519.getPublicKey(readSeed), entry.read_key);
    same('check value', hash('sluis/1/dossier-kcv', [...place, content]), entry.check_value);
  });
}

let before = new Uint8Array(32);
for (const [index, entry] of cases('dossier-control.json').entries()) {
  await check(`control ${index}`, async () => {
    const bytes = hexToBytes(entry.control);
    const frame = parseFrame(bytes);
    same('type', frame.type, 0x0402);
    same('hash', sha256(bytes), entry.hash);
    const outside = new Reader(frame.body);
    const [dossier, number, prev, epoch] =
      [outside.take(16), outside.number(), outside.take(32), outside.number()];
    const [readKey, writeKey, stewardKey] = [outside.take(32), outside.take(32), outside.take(32)];
    const wraps = outside.take(32);
    const sealed = outside.byteString();
    outside.end();
    same('dossier', dossier, entry.dossier);
    same('number and epoch', [number, epoch].join(), [entry.number, entry.epoch].join());
    same('entry before', prev, before);
    before = sha256(bytes);
    const content = hexToBytes(entry.keys.content);
    const readSeed = derive(content, 'sluis/1/dossier-read', [dossier, bigEndian(epoch, 4)]);
    same('read key', readKey, ed25519.getPublicKey(readSeed));
    same('write key', writeKey, ed25519.getPublicKey(hexToBytes(entry.keys.write)));
    same('steward key', stewardKey, ed25519.getPublicKey(hexToBytes(entry.keys.steward)));

    const place = context('sluis/1/dossier-place', [
      hexToBytes(entry.genesis), dossier, bigEndian(number, 8), prev, bigEndian(epoch, 4), readKey, writeKey, stewardKey,
    ]);
    const key = derive(content, 'sluis/1/dossier-control');
    const inside = new Reader(unpad(openChunked(key, context('sluis/1/dossier-control', [place, wraps]), sealed)));
    const body = inside.byteString();
    same('body', body, entry.body);
    const signed = context('sluis/1/dossier-control-body', [place, wraps, body]);
    verify('sluis/1/control', signed, inside.take(64), hexToBytes(entry.author_key));
    inside.end();

    const wrapFrame = hexToBytes(entry.wraps);
    same('hash of the wraps', sha256(wrapFrame), wraps);
    const slots = new Reader(parseFrame(wrapFrame).body);
    const count = slots.number();
    same('number of slots', [8, 16, 32, 64].includes(count), true);
    const info = context('sluis/1/dossier-wrap', [place, hexToBytes(entry.recipient)]);
    const expected = `03${entry.keys.content}${entry.keys.write}${entry.keys.steward}`;
    let opened = 0;
    for (let slot = 0; slot < count; slot += 1) {
      const wrapped = slots.byteString();
      try {
        const keys = await openHpke({ seed: hexToBytes(entry.recipient_seed), info, aad: nothing, sealed: wrapped });
        same('wrapped keys', keys, expected);
        opened += 1;
      } catch (error) {
        if (error.message.includes('differs')) throw error;
      }
    }
    same('slots that open', opened, 1);
    slots.end();
  });
}

for (const [index, entry] of cases('dossier-event.json').entries()) {
  await check(`event ${index}`, () => {
    const frame = parseFrame(hexToBytes(entry.frame));
    same('type', frame.type, 0x0403);
    const outside = new Reader(frame.body);
    const place = [outside.take(16), bigEndian(outside.number(), 4)];
    const sealed = outside.byteString();
    outside.end();
    same('place', concatBytes(...place), entry.dossier + bytesToHex(bigEndian(entry.epoch, 4)));
    const key = derive(hexToBytes(entry.content), 'sluis/1/dossier-event');
    const inside = new Reader(unpad(openChunked(key, context('sluis/1/dossier-event', place), sealed)));
    const bytes = inside.byteString();
    const signature = inside.take(64);
    inside.end();
    same('signed bytes', bytes, entry.signed);
    same('signature', signature, entry.signature);
    verify('sluis/1/event', bytes, signature, hexToBytes(entry.author_key));
    same('id', hash('sluis/1/event-id', [bytes, signature]), entry.id);
  });
}
