"use strict";
// How the T passes of one input share their randomness, as org.pdnn.random.Scheme defines it: how
// many words each neuron draws for T passes, and the word of a pass, made of those drawn. The first passes of
// a run are those of a shorter one, so T need not be known.

const BLOCK = 32;

/** The 32 bits of a word in the other order: neighbours change places, then pairs, and so on. */
function reversed(word) {
  let bits = word;
  for (const [by, mask] of [[1, 0x55555555], [2, 0x33333333], [4, 0x0f0f0f0f], [8, 0x00ff00ff]]) {
    bits = ((bits >>> by) & mask) | ((bits & mask) << by);
  }
  return (bits >>> 16) | (bits << 16);
}

/** Bit k from the top is s_k ^ t_k ^ c[off_k + (t >> (k + 1))], off = 0, 16, 24, 28, 30. */
function scrambled(s, c, t) {
  const coin = (k, offset) => ((c >>> (offset + (t >> (k + 1)))) & 1) << (31 - k);
  return s ^ reversed(t) ^ (coin(0, 0) | coin(1, 16) | coin(2, 24) | coin(3, 28) | coin(4, 30));
}

const SCHEMES = {
  independent: {
    draws: (samples) => samples,
    word: (drawn, sample) => drawn(sample),
  },
  antithetic: {
    draws: (samples) => Math.floor((samples + 1) / 2),
    word: (drawn, sample) => drawn(sample >> 1) ^ -(sample & 1),
  },
  xor: {
    draws: () => 1,
    word: (drawn, sample) => drawn(0) ^ reversed(sample),
  },
  scrambled: {
    draws: (samples) => 2 * Math.ceil(samples / BLOCK),
    word: (drawn, sample) => {
      const block = Math.floor(sample / BLOCK);
      return scrambled(drawn(2 * block), drawn(2 * block + 1), sample % BLOCK);
    },
  },
};
