// Raw deflate (RFC 1951) in one go. A browser's own stream takes longer to set up than a few hundred bytes to read, and
// a result's text is no more.

/**
 * @param {Uint8Array} bytes a whole stream; what follows it is left alone
 * @returns {Uint8Array}
 */
export function inflate(bytes) {
  const out = [];
  let at = 0;
  const bit = () => (bytes[at >> 3] >> (at++ & 7)) & 1;
  /** Whatever a broken stream says, its end is met. */
  const check = () => {
    if (!(at <= bytes.length * 8)) throw new Error("deflate");
  };
  const bits = (count) => {
    let value = 0;
    for (let place = 0; place < count; place++) value |= bit() << place;
    return value;
  };
  /** Canonical codes (§ 3.2.2): how many there are of each length, and the symbols in the order of their codes. */
  const codes = (lengths) => ({
    counts: lengths.reduce((counts, length) => (counts[length]++, counts), Array(16).fill(0)),
    symbols: [...lengths.keys()].filter((at) => lengths[at]).sort((one, other) => lengths[one] - lengths[other]),
  });
  const symbol = ({ counts, symbols }) => {
    for (let [length, code, first, before] = [1, 0, 0, 0]; length < 16; length++) {
      code = code * 2 + bit();
      first *= 2;
      const count = counts[length];
      if (code < first + count) return symbols[before + code - first];
      first += count;
      before += count;
    }
  };
  /** A length or a distance (§ 3.2.5): `step` of them share the same number of extra bits. */
  const extended = (rank, step) => {
    const extra = Math.max((rank / step - 1) | 0, 0);
    return (rank < step ? rank : (rank % step + step) << extra) + bits(extra);
  };

  for (let last; !last; check()) {
    last = bit();
    const type = bits(2);
    if (!type) {
      const start = ((at + 7) >> 3) + 4;
      const end = start + bytes[start - 4] + 256 * bytes[start - 3];
      out.push(...bytes.subarray(start, end));
      at = end * 8;
      continue;
    }
    let literals = Array.from({ length: 288 }, (_, at) => 8 + (at > 143) - 2 * (at > 255) + (at > 279));
    let distances = Array(30).fill(5);
    if (type > 1) {
      const [count, far, orders] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
      const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
      const lengths = Array(19).fill(0);
      for (const place of order.slice(0, orders)) lengths[place] = bits(3);
      const coded = codes(lengths);
      const all = [];
      while (all.length < count + far) {
        const length = symbol(coded);
        if (length < 16) all.push(length);
        else if (length < 17) all.push(...Array(bits(2) + 3).fill(all.at(-1)));
        else all.push(...Array(length < 18 ? bits(3) + 3 : bits(7) + 11).fill(0));
      }
      [literals, distances] = [all.slice(0, count), all.slice(count)];
    }
    const [texts, backs] = [literals, distances].map(codes);
    for (let found; (found = symbol(texts)) !== 256; ) {
      check();
      if (found < 256) out.push(found);
      else {
        let left = found > 284 ? 258 : extended(found - 257, 4) + 3;
        const back = out.length - extended(symbol(backs), 2) - 1;
        for (let from = back; left--; ) out.push(out[from++]);
      }
    }
  }
  return Uint8Array.from(out);
}
