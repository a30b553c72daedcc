// The constructions of suite 1 themselves: signatures, frames, HPKE, contents, deriving, words, proof of work.
import { readFileSync } from 'node:fs';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';
import {
  CHUNK, bigEndian, cases, check, chunkedKeys, context, derive, labelled, nothing, openChunked, openHpke, same,
} from './common.mjs';

const words = new URL('../src/words/', import.meta.url);

// Signatures, RFC 8032.
for (const [index, entry] of cases('signature.json').entries()) {
  await check(`signature ${index}`, () => {
    const seed = hexToBytes(entry.seed);
    const message = labelled(entry.label, hexToBytes(entry.bytes));
    same('public key', ed25519.getPublicKey(seed), entry.public);
    same('signature', ed25519.sign(message, seed), entry.signature);
  });
}

// Frames.
for (const [index, entry] of cases('frame.json').entries()) {
  await check(`frame ${index}`, () => {
    const body = hexToBytes(entry.body);
    const header = [utf8ToBytes('SL'), Uint8Array.of(1), bigEndian(entry.type, 2), Uint8Array.of(1)];
    const signed = concatBytes(...header, bigEndian(body.length, 4), body);
    const signatures = entry.seeds.map(hexToBytes).map((seed) =>
      concatBytes(
        Uint8Array.of(1),
        ed25519.getPublicKey(seed),
        ed25519.sign(labelled(entry.label, signed), seed),
      ));
    same('frame', concatBytes(signed, Uint8Array.of(signatures.length), ...signatures), entry.frame);
  });
}

// HPKE, RFC 9180: sealed by hand over one X-Wing, opened by a library over another.
const kemSuite = concatBytes(utf8ToBytes('HPKE'), bigEndian(0x647a, 2), bigEndian(1, 2), bigEndian(3, 2));
const labeledExtract = (salt, label, ikm) =>
  extract(sha256, concatBytes(utf8ToBytes('HPKE-v1'), kemSuite, utf8ToBytes(label), ikm), salt);
const labeledExpand = (prk, label, info, length) =>
  expand(
    sha256,
    prk,
    concatBytes(bigEndian(length, 2), utf8ToBytes('HPKE-v1'), kemSuite, utf8ToBytes(label), info),
    length,
  );

function sealByHand(entry) {
  const { cipherText, sharedSecret } =
    xWing.encapsulate(hexToBytes(entry.public), hexToBytes(entry.random));
  const psk = hexToBytes(entry.psk ?? '');
  const mode = Uint8Array.of(entry.psk ? 1 : 0);
  const pskIdHash = labeledExtract(nothing, 'psk_id_hash', hexToBytes(entry.psk_id ?? ''));
  const infoHash = labeledExtract(nothing, 'info_hash', hexToBytes(entry.info));
  const schedule = concatBytes(mode, pskIdHash, infoHash);
  const secret = labeledExtract(sharedSecret, 'secret', psk);
  const key = labeledExpand(secret, 'key', schedule, 32);
  const nonce = labeledExpand(secret, 'base_nonce', schedule, 12);
  const sealed = chacha20poly1305(key, nonce, hexToBytes(entry.aad)).encrypt(hexToBytes(entry.message));
  return concatBytes(cipherText, sealed);
}

for (const name of ['hpke-base.json', 'hpke-psk.json']) {
  for (const [index, entry] of cases(name).entries()) {
    await check(`${name} ${index}, sealed`, () => {
      same('public key', xWing.keygen(hexToBytes(entry.seed)).publicKey, entry.public);
      same('sealed bytes', sealByHand(entry), entry.sealed);
    });
    await check(`${name} ${index}, opened`, async () => {
      const opened = await openHpke({
        seed: hexToBytes(entry.seed),
        info: hexToBytes(entry.info),
        aad: hexToBytes(entry.aad),
        sealed: hexToBytes(entry.sealed),
        psk: entry.psk && hexToBytes(entry.psk),
        pskId: entry.psk && hexToBytes(entry.psk_id),
      });
      same('message', opened, entry.message);
    });
  }
}

// Chunked encryption, C2SP.
for (const [index, entry] of cases('chunked.json').entries()) {
  await check(`chunked ${index}`, () => {
    const [key, salt, bound] = [entry.key, entry.salt, entry.context].map(hexToBytes);
    const { cipher, commitment } = chunkedKeys(key, salt, bound);
    const content = Uint8Array.from({ length: entry.content_len }, (_, at) => at % 251);
    const chunks = [];
    for (let number = 0; number * CHUNK <= content.length; number += 1) {
      chunks.push(cipher(number).encrypt(content.slice(number * CHUNK, (number + 1) * CHUNK)));
    }
    same('sealed bytes', concatBytes(salt, commitment, ...chunks), entry.sealed);
    same('content', openChunked(key, bound, hexToBytes(entry.sealed)), content);
  });
}

// Hashing and deriving.
for (const [index, entry] of cases('kdf.json').entries()) {
  await check(`kdf ${index}`, () => {
    const bytes = context(entry.label, entry.parts.map(hexToBytes));
    const ikm = hexToBytes(entry.ikm);
    same('context', bytes, entry.context);
    same('hash', sha256(bytes), entry.hash);
    same('derived key', derive(ikm, entry.label, entry.parts.map(hexToBytes)), entry.derived);
    same('mac', hmac(sha256, ikm, bytes), entry.mac);
  });
}

// Words and stretching.
const lists = Object.fromEntries(['nl', 'en'].map((language) =>
  [language, readFileSync(new URL(`${language}.txt`, words), 'utf8').trim().split('\n')]));

for (const [index, entry] of cases('words.json').entries()) {
  await check(`words ${index}`, () => {
    const random = hexToBytes(entry.random);
    const code = concatBytes(random, sha256(context('sluis/1/words', [random])).slice(0, 1));
    same('code', code, entry.code);
    const bits = BigInt(`0x${entry.code}`);
    for (const [language, list] of Object.entries(lists)) {
      const spelt = Array.from({ length: 8 }, (_, at) => list[Number((bits >> BigInt(77 - 11 * at)) & 2047n)]);
      same(language, spelt.join(' '), entry[language]);
    }
    const salt = concatBytes(utf8ToBytes('sluis/1/reporter'), hexToBytes(entry.genesis));
    same('master key', argon2id(code, salt, { t: 3, m: 64 * 1024, p: 1, dkLen: 32 }), entry.master);
  });
}

// Proof of work: eight puzzles, then the stamp.
const zeroBits = (bytes) => bytesToHex(bytes).replace(/../g, (byte) =>
  Number(`0x${byte}`).toString(2).padStart(8, '0')).indexOf('1');

for (const [index, entry] of cases('pow.json').entries()) {
  await check(`pow ${index}`, () => {
    const challenge = concatBytes(
      bigEndian(entry.bucket, 8),
      hexToBytes(entry.nonce),
      Uint8Array.of(entry.difficulty),
      hexToBytes(entry.mac),
    );
    for (const [puzzle, nonce] of entry.nonces.entries()) {
      const input = concatBytes(challenge, Uint8Array.of(puzzle), bigEndian(nonce, 4));
      const out = argon2id(input, utf8ToBytes('sluis/1/pow'), { t: 1, m: 4 * 1024, p: 1, dkLen: 32 });
      same(`puzzle ${puzzle}`, zeroBits(out) >= entry.difficulty, true);
    }
    const nonces = entry.nonces.map((nonce) => bigEndian(nonce, 4));
    const stamp = concatBytes(utf8ToBytes('sluis/1/pow-stamp'), challenge, ...nonces, bigEndian(entry.stamp, 4));
    same('stamp', zeroBits(sha256(stamp)) >= 12, true);
  });
}
