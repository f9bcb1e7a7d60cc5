// Sealing a ballot in JavaScript: what docs/guides/sealing.md describes, for browsers and Node 20 or newer.
// One dependency: @hpke/core. Run as a program it reads {manifest, trust, slot, seed, choices, code, own} as JSON from
// standard input (texts; seed in hex) and writes {m, body, layers: [{i, ekm, b}]}, everything in hex but the body.

import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";

const DOMAIN = "democracy/urn/v1/";
const OFFICERS = 2;
const utf8 = new TextEncoder();
const subtle = globalThis.crypto.subtle;
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export function join(...parts) {
  const bytes = parts.map((part) => (typeof part === "string" ? utf8.encode(part) : Uint8Array.from(part)));
  const whole = new Uint8Array(bytes.reduce((sum, each) => sum + each.length, 0));
  bytes.reduce((at, each) => (whole.set(each, at), at + each.length), 0);
  return whole;
}

// RFC 8785 for what the urn holds: texts (composed), whole numbers, arrays and objects. Keys sort by UTF-16 unit, which
// is how JavaScript sorts.
export function canonical(value) {
  if (typeof value === "string") {
    if (value !== value.normalize("NFC")) throw new Error("a text is not composed (NFC)");
    return JSON.stringify(value);
  }
  if (Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") throw new Error("no text, whole number, array or object");
  return `{${Object.keys(value).sort().map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
}

export const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));
export const leafHash = (bytes) => sha256(join([0], bytes));

// M, the manifest's digest: the leaf hash of its bytes as they came.
export const manifestDigest = (text) => leafHash(utf8.encode(text));

// HKDF-SHA-256 without salt, 32 bytes.
export async function derive(secret, label) {
  const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: join(DOMAIN, label) };
  return new Uint8Array(await subtle.deriveBits(how, key, 256));
}

// Whether `sig` (hex) by `key` (hex) covers an object: all of it but `sig` and `sigs`.
export async function verifies(value, sig, key) {
  const { sig: _one, sigs: _several, ...bare } = value;
  const imported = await subtle.importKey("raw", unhex(key), "Ed25519", false, ["verify"]);
  return subtle.verify("Ed25519", imported, unhex(sig), join(DOMAIN, "sig", [0], canonical(bare)));
}

// Read a manifest and hold it against keys from outside the server; throws before anything is sealed.
export async function trusted(text, trust) {
  const manifest = JSON.parse(text);
  if (canonical(manifest) !== text || manifest.t !== "manifest" || manifest.v !== 1) throw new Error("no manifest");
  const strange = manifest.mixers.filter((mixer) => !trust.mixers.includes(mixer.sign));
  if (strange.length) throw new Error(`E_TRUST ${strange[0].name}`);
  if (!manifest.officers.every((officer) => trust.officers.includes(officer))) throw new Error("E_TRUST officers");
  const signers = new Set(manifest.sigs.map((each) => each.key));
  const known = manifest.sigs.every((each) => manifest.officers.includes(each.key));
  const good = await Promise.all(manifest.sigs.map((each) => verifies(manifest, each.sig, each.key)));
  const server = await verifies(manifest, manifest.sig, manifest.server);
  if (!server || !known || signers.size < OFFICERS || !good.every(Boolean)) throw new Error("E_SIGNATURE");
  return manifest;
}

// Whether a path proves that a leaf (its hash) has this index in the tree: for the roll, and for the log.
export async function includes(hash, index, size, path, root) {
  let [at, last, found] = [index, size - 1, hash];
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 || at === last) {
      found = await sha256(join([1], sibling, found));
      while (at % 2 === 0 && at) [at, last] = [at >> 1, last >> 1];
    } else {
      found = await sha256(join([1], found, sibling));
    }
    [at, last] = [at >> 1, last >> 1];
  }
  return index < size && last === 0 && hex(found) === hex(root);
}

// The padded message of a ballot.
export function message(body, pad) {
  const text = utf8.encode(body);
  if (text.length > pad - 2) throw new Error("longer than any ballot can be");
  return join([text.length >> 8, text.length & 255], text, new Uint8Array(pad - 2 - text.length));
}

// Seal a body (canonical JSON) in layers; the first of them is what is sent, the others are what is sought in the lists.
export async function seal(manifest, m, slot, seed, body) {
  const keys = [...manifest.mixers.map((mixer) => mixer.hpke), manifest.urn_key];
  const layers = [];
  let inner = message(body, manifest.pad);
  for (let i = keys.length; i >= 1; i -= 1) {
    const place = i === 1 ? [slot >>> 24, (slot >>> 16) & 255, (slot >>> 8) & 255, slot & 255] : [255, 255, 255, 255];
    const ekm = await derive(seed, join("ekm", [0], m, [i]));
    const recipientPublicKey = await suite.kem.deserializePublicKey(unhex(keys[i - 1]).buffer);
    const info = join(DOMAIN, "layer", [0], m, [i], place).buffer;
    const sender = await suite.createSenderContext({ recipientPublicKey, info, ekm: ekm.buffer });
    inner = join(new Uint8Array(sender.enc), new Uint8Array(await sender.seal(inner.buffer)));
    layers.unshift({ i, ekm, b: inner });
  }
  return layers;
}

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const given = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const manifest = await trusted(given.manifest, given.trust);
  const m = await manifestDigest(given.manifest);
  const body = canonical({ choices: given.choices, code: given.code, own: given.own, v: 1 });
  const layers = await seal(manifest, m, given.slot, unhex(given.seed), body);
  const out = layers.map(({ i, ekm, b }) => ({ i, ekm: hex(ekm), b: hex(b) }));
  process.stdout.write(JSON.stringify({ m: hex(m), body, layers: out }));
}

if (globalThis.process?.argv?.[1]?.endsWith("sealing.mjs")) await main();
