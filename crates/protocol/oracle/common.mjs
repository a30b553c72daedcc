// What the checks share: a tally, the layouts of docs/protocol.md, and the constructions of suite 1 over libraries that
// share no code with ours.
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { XWing } from '@hpke/hybridkem-x-wing';
import { gcm } from '@noble/ciphers/aes.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

globalThis.crypto ??= webcrypto;

const folder = new URL('../tests/vectors/v1/', import.meta.url);
export const file = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
export const cases = (name) => file(name).cases;

export const ENCAPSULATED = 1120;
export const CHUNK = 16 * 1024;
export const tally = { passed: 0, failed: 0 };

export async function check(name, run) {
  try {
    await run();
    tally.passed += 1;
  } catch (error) {
    tally.failed += 1;
    console.error(`${name}: ${error.message}`);
  }
}

export function same(what, ours, frozen) {
  const text = (value) => (value instanceof Uint8Array ? bytesToHex(value) : String(value));
  if (text(ours) !== text(frozen)) {
    throw new Error(`${what} differs: ${text(ours).slice(0, 64)} here, ${text(frozen).slice(0, 64)} frozen`);
  }
}

export function bigEndian(number, length) {
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = BigInt(number); at >= 0; at -= 1, rest >>= 8n) {
    bytes[at] = Number(rest & 0xffn);
  }
  return bytes;
}

export const labelled = (label, bytes) => concatBytes(Uint8Array.of(label.length), utf8ToBytes(label), bytes);

export const context = (label, parts) =>
  labelled(label, concatBytes(...parts.flatMap((part) => [bigEndian(part.length, 4), part])));

export const nothing = new Uint8Array(0);
export const derive = (ikm, label, parts = []) => hkdf(sha256, ikm, undefined, context(label, parts), 32);

// Signatures, RFC 8032.
export function verify(label, bytes, signature, key) {
  if (!ed25519.verify(signature, labelled(label, bytes), key, { zip215: false })) {
    throw new Error(`a signature for ${label} does not hold`);
  }
}

// Frames: header, body, signatures.
export function parseFrame(bytes) {
  const header = bytes.slice(0, 10);
  const view = new DataView(header.buffer);
  const length = view.getUint32(6);
  const signed = bytes.slice(0, 10 + length);
  const count = bytes[10 + length];
  const signatures = Array.from({ length: count }, (_, at) => {
    const entry = bytes.slice(11 + length + 97 * at, 11 + length + 97 * (at + 1));
    same('signature algorithm', entry[0], 1);
    return { key: entry.slice(1, 33), signature: entry.slice(33) };
  });
  same('start of a frame', bytesToHex(header.slice(0, 3)) + header[5], '534c0101'.slice(0, 6) + '1');
  same('length of a frame', bytes.length, 11 + length + 97 * count);
  return { type: view.getUint16(3), header, signed, body: signed.slice(10), signatures };
}

// Postcard: numbers in groups of seven bits, the lowest first; bytes with their count in front.
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(count) {
    const taken = this.bytes.slice(this.at, this.at + count);
    same('bytes that are left', taken.length, count);
    this.at += count;
    return taken;
  }

  number() {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const [byte] = this.take(1);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  }

  byteString() {
    return this.take(this.number());
  }

  end() {
    same('bytes left over', this.bytes.length - this.at, 0);
  }
}

// Padding: length (4, little endian), content, zeros.
export function unpad(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  same('padding', bytes.slice(4 + length).some((byte) => byte !== 0), false);
  return bytes.slice(4, 4 + length);
}

const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });

// HPKE, RFC 9180, opened.
export async function openHpke({ seed, info, aad, sealed, psk, pskId }) {
  const buffer = (bytes) => Uint8Array.from(bytes).buffer;
  const opened = await suite.open(
    {
      recipientKey: await suite.kem.deserializePrivateKey(buffer(seed)),
      enc: buffer(sealed.slice(0, ENCAPSULATED)),
      info: buffer(info),
      ...(psk && { psk: { id: buffer(pskId), key: buffer(psk) } }),
    },
    buffer(sealed.slice(ENCAPSULATED)),
    buffer(aad),
  );
  return new Uint8Array(opened);
}

// Chunked encryption, C2SP: key, base nonce and commitment of a salt and a context.
export function chunkedKeys(key, salt, bound) {
  const name = utf8ToBytes('c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM');
  const info = concatBytes(name, Uint8Array.of(0), salt, bound);
  // HKDF-Expand by hand: the input key is shorter than the library wants it.
  const block = (before, number) => hmac(sha512, key, concatBytes(before, info, Uint8Array.of(number)));
  const first = block(nothing, 1);
  const derived = concatBytes(first, block(first, 2));
  const nonce = (number) => bigEndian(number, 12).map((byte, at) => byte ^ derived[32 + at]);
  return { cipher: (number) => gcm(derived.slice(0, 32), nonce(number)), commitment: derived.slice(44, 76) };
}

export function openChunked(key, bound, sealed) {
  const { cipher, commitment } = chunkedKeys(key, sealed.slice(0, 24), bound);
  same('commitment', sealed.slice(24, 56), commitment);
  const opened = [];
  for (let number = 0, at = 56; at < sealed.length; number += 1, at += CHUNK + 16) {
    opened.push(cipher(number).decrypt(sealed.slice(at, at + CHUNK + 16)));
  }
  same('last chunk is short', (sealed.length - 56) % (CHUNK + 16) >= 16, true);
  return concatBytes(...opened);
}
