"use strict";
// Philox4x32-10, as org.pdnn.random.Philox defines it. Words are 32-bit integers with a sign, as in
// Java; seeds and addresses are integers below 2^53, which numbers hold exactly.

const TWO_32 = 2 ** 32;

/** The upper 32 bits of the product of two unsigned words. */
function upperProduct(a, b) {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(((middle & 0xffff) + aLow * bHigh) / 65536)) | 0;
}

/** Replaces a counter of four words by its four random words. */
function encrypt(seed, block) {
  let key0 = seed | 0;
  let key1 = Math.floor(seed / TWO_32) | 0;
  let [c0, c1, c2, c3] = block;
  for (let round = 0; round < 10; round++) {
    const upper0 = upperProduct(c0, 0xd2511f53);
    const upper1 = upperProduct(c2, 0xcd9e8d57);
    const lower0 = Math.imul(c0, 0xd2511f53);
    const lower1 = Math.imul(c2, 0xcd9e8d57);
    c0 = upper1 ^ c1 ^ key0;
    c2 = upper0 ^ c3 ^ key1;
    c1 = lower1;
    c3 = lower0;
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  block.set([c0, c1, c2, c3]);
}

/** The words of the units 0, 1, ... of one layer in one draw. */
function philoxWords(seed, input, layer, draw, units) {
  const words = new Int32Array(units);
  const block = new Int32Array(4);
  for (let unit = 0; unit < units; unit += 4) {
    block.set([unit >>> 2, draw, input | 0, (layer << 16) | Math.floor(input / TWO_32)]);
    encrypt(seed, block);
    words.set(block.subarray(0, Math.min(4, units - unit)), unit);
  }
  return words;
}
