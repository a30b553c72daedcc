// The anonymous conversation: keys of a reporter, queue entries, board entries.
import { ed25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';
import {
  Reader, bigEndian, cases, check, context, derive, file, openHpke, parseFrame, same, unpad, verify,
} from './common.mjs';

function reporter(master) {
  const page = derive(master, 'sluis/1/reporter-page').slice(0, 2);
  const tagKey = derive(master, 'sluis/1/reporter-tag');
  const seed = derive(master, 'sluis/1/reporter-kem');
  return {
    seed,
    page,
    tagKey,
    psk: derive(master, 'sluis/1/reporter-psk'),
    kem: xWing.keygen(seed).publicKey,
    consent: ed25519.getPublicKey(derive(master, 'sluis/1/reporter-consent')),
    conversation: derive(master, 'sluis/1/reporter-conversation').slice(0, 16),
    tag: (index) =>
      concatBytes(page, hmac(sha256, tagKey, context('sluis/1/board-tag', [bigEndian(index, 4)])).slice(0, 14)),
  };
}

for (const [index, entry] of cases('conversation-keys.json').entries()) {
  await check(`reporter ${index}`, () => {
    const keys = reporter(hexToBytes(entry.master));
    for (const name of ['kem', 'consent', 'conversation']) same(name, keys[name], entry[name]);
    same('page', keys.page, bytesToHex(bigEndian(entry.page, 2)));
    same('tags', [0, 1, 1000].map((number) => bytesToHex(keys.tag(number))).join(), entry.tags.join());
  });
}

// Every frozen entry was written by the reporter whose master key is 32 times the byte 9.
const writer = reporter(new Uint8Array(32).fill(9));
const intake = file('conversation-intake.json');

for (const [index, entry] of intake.entries.map(hexToBytes).entries()) {
  await check(`intake ${index}`, async () => {
    same('size', entry.length, 8192);
    const frame = parseFrame(entry);
    same('type', frame.type, 0x0501);
    const body = new Reader(frame.body);
    const deleteHash = body.take(32);
    const [week, dirSeq] = [body.number(), body.number()];
    same('week and directory', [week, dirSeq].join(), [intake.week, intake.dir_seq].join());
    const sealed = body.byteString();
    body.end();
    const content = unpad(await openHpke({
      seed: hexToBytes(intake.secret_seed),
      info: context('sluis/1/intake', [
        hexToBytes(intake.genesis),
        hexToBytes(intake.team),
        bigEndian(week, 4),
        bigEndian(intake.not_after, 8),
        hexToBytes(intake.dir_head),
      ]),
      aad: concatBytes(frame.header, deleteHash, bigEndian(week, 4), bigEndian(dirSeq, 8)),
      sealed,
    }));
    const inside = new Reader(content);
    same('conversation', inside.take(16), writer.conversation);
    same('page', bigEndian(inside.number(), 2), writer.page);
    same('reporter key', inside.take(1216), writer.kem);
    same('consent key', inside.take(32), writer.consent);
    same('shared key', inside.take(32), writer.psk);
    same('tag key', inside.take(32), writer.tagKey);
    inside.take(16 + 1 + 1);
    inside.number();
    same('delete hash', sha256(inside.take(32)), deleteHash);
  });
}

const board = file('conversation-board.json');

for (const [index, entry] of board.entries.map(hexToBytes).entries()) {
  await check(`board ${index}`, async () => {
    same('size', entry.length, 4096);
    const frame = parseFrame(entry);
    same('type', frame.type, 0x0502);
    const keys = reporter(hexToBytes(board.master));
    const outside = new Reader(frame.body);
    const tag = outside.take(16);
    same('tag', tag, keys.tag(index));
    const sealed = outside.byteString();
    outside.end();
    const bound = [hexToBytes(board.genesis), tag, sha256(keys.kem)];
    const content = new Reader(unpad(await openHpke({
      seed: keys.seed,
      info: context('sluis/1/reply', bound),
      aad: frame.header,
      sealed,
      psk: keys.psk,
      pskId: utf8ToBytes('sluis/1/reply-psk'),
    })));
    const body = content.byteString();
    const signer = content.take(32);
    same('signer', signer, ed25519.getPublicKey(hexToBytes(board.device_seed)));
    verify('sluis/1/reply', concatBytes(...bound, body), content.take(64), signer);
    content.end();
    same('index', new Reader(body).number(), index);
  });
}
