"use strict";
// The address of an image's random words, as org.pdnn.random.InputAddress defines it: the first 48
// bits of the SHA-256 of its values. So the same image has the same words in every command.

/** The first bits of the fractions of a root of the first primes, as SHA-256 takes its constants. */
function fractions(root, count) {
  const found = [];
  for (let n = 2; found.length < count; n++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= n; divisor++) {
      prime = prime && n % divisor !== 0;
    }
    if (prime) {
      const value = root(n);
      found.push(Math.floor((value - Math.floor(value)) * TWO_32) | 0);
    }
  }
  return Int32Array.from(found);
}

const SHA_START = fractions(Math.sqrt, 8);
const SHA_ROUNDS = fractions(Math.cbrt, 64);

/** SHA-256 of bytes, as eight words. */
function sha256(bytes) {
  const padded = new Uint8Array((Math.floor((bytes.length + 8) / 64) + 1) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const hash = SHA_START.slice();
  const w = new Int32Array(64);
  for (let from = 0; from < padded.length; from += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = view.getInt32(from + 4 * i);
      } else {
        const one = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const two = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = w[i - 16] + one + w[i - 7] + two;
      }
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + mixed + ((e & f) ^ (~e & g)) + SHA_ROUNDS[i] + w[i]) | 0;
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] += word));
  }
  return hash;
}

/** The address of an image whose values are given by the bits of 32-bit floats. */
function inputAddress(valueBits) {
  const view = new DataView(new ArrayBuffer(4 * valueBits.length));
  valueBits.forEach((bits, i) => view.setInt32(4 * i, bits));
  const hash = sha256(new Uint8Array(view.buffer));
  return (hash[0] >>> 0) * 65536 + (hash[1] >>> 16);
}
