// Re-computes the frozen vectors of suite 1 with libraries that share no code with ours, from docs/protocol.md alone.
// Run: npm ci && node check.mjs
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { XWing } from '@hpke/hybridkem-x-wing';
import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ml_kem768_x25519 as xWing } from '@noble/post-quantum/hybrid.js';

globalThis.crypto ??= webcrypto;

const folder = new URL('../tests/vectors/v1/', import.meta.url);
const words = new URL('../src/words/', import.meta.url);
const cases = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')).cases;

const ENCAPSULATED = 1120;
const CHUNK = 16 * 1024;
let passed = 0;
let failed = 0;

async function check(name, run) {
  try {
    await run();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${error.message}`);
  }
}

function same(what, ours, frozen) {
  const text = (value) => (value instanceof Uint8Array ? bytesToHex(value) : String(value));
  if (text(ours) !== text(frozen)) {
    throw new Error(`${what} differs: ${text(ours).slice(0, 64)} here, ${text(frozen).slice(0, 64)} frozen`);
  }
}

function bigEndian(number, length) {
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = BigInt(number); at >= 0; at -= 1, rest >>= 8n) {
    bytes[at] = Number(rest & 0xffn);
  }
  return bytes;
}

const labelled = (label, bytes) => concatBytes(Uint8Array.of(label.length), utf8ToBytes(label), bytes);

const context = (label, parts) =>
  labelled(label, concatBytes(...parts.flatMap((part) => [bigEndian(part.length, 4), part])));

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

// HPKE, RFC 9180, written out over another X-Wing, then opened by another HPKE as well.
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
const nothing = new Uint8Array(0);

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

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });

async function openElsewhere(entry) {
  const sealed = hexToBytes(entry.sealed);
  const buffer = (bytes) => Uint8Array.from(bytes).buffer;
  const recipientKey = await suite.kem.deserializePrivateKey(buffer(hexToBytes(entry.seed)));
  const opened = await suite.open(
    {
      recipientKey,
      enc: buffer(sealed.slice(0, ENCAPSULATED)),
      info: buffer(hexToBytes(entry.info)),
      ...(entry.psk && {
        psk: { id: buffer(hexToBytes(entry.psk_id)), key: buffer(hexToBytes(entry.psk)) },
      }),
    },
    buffer(sealed.slice(ENCAPSULATED)),
    buffer(hexToBytes(entry.aad)),
  );
  return new Uint8Array(opened);
}

for (const name of ['hpke-base.json', 'hpke-psk.json']) {
  for (const [index, entry] of cases(name).entries()) {
    await check(`${name} ${index}, sealed`, () => {
      same('public key', xWing.keygen(hexToBytes(entry.seed)).publicKey, entry.public);
      same('sealed bytes', sealByHand(entry), entry.sealed);
    });
    await check(`${name} ${index}, opened`, async () => {
      same('message', await openElsewhere(entry), entry.message);
    });
  }
}

// Chunked encryption, C2SP.
for (const [index, entry] of cases('chunked.json').entries()) {
  await check(`chunked ${index}`, () => {
    const salt = hexToBytes(entry.salt);
    const name = utf8ToBytes('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM');
    const info = concatBytes(name, Uint8Array.of(0), salt, hexToBytes(entry.context));
    // HKDF-Expand by hand: the input key is shorter than the library wants it.
    const block = (before, number) =>
      hmac(sha512, hexToBytes(entry.key), concatBytes(before, info, Uint8Array.of(number)));
    const first = block(nothing, 1);
    const derived = concatBytes(first, block(first, 2)).slice(0, 32 + 12 + 32);
    const [key, base, commitment] = [derived.slice(0, 32), derived.slice(32, 44), derived.slice(44)];
    const content = Uint8Array.from({ length: entry.content_len }, (_, at) => at % 251);
    const chunks = [];
    for (let number = 0; number * CHUNK <= content.length; number += 1) {
      const nonce = bigEndian(number, 12).map((byte, at) => byte ^ base[at]);
      chunks.push(gcm(key, nonce).encrypt(content.slice(number * CHUNK, (number + 1) * CHUNK)));
    }
    same('sealed bytes', concatBytes(salt, commitment, ...chunks), entry.sealed);
  });
}

// Hashing and deriving.
for (const [index, entry] of cases('kdf.json').entries()) {
  await check(`kdf ${index}`, () => {
    const bytes = context(entry.label, entry.parts.map(hexToBytes));
    const ikm = hexToBytes(entry.ikm);
    same('context', bytes, entry.context);
    same('hash', sha256(bytes), entry.hash);
    same('derived key', hkdf(sha256, ikm, undefined, bytes, 32), entry.derived);
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

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
