// The files of one build of the index, fetched when they are needed, each once: docs/search-index.md tells what they hold.

const decoder = new TextDecoder();

/**
 * @param {URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} rejected unless the server has it
 */
export async function get(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/**
 * What a raw deflate stream holds. Written and read by hand: the pipes of a `Response` take twice the time.
 * @param {BufferSource} packed
 * @returns {Promise<Uint8Array>} rejected when the stream is broken
 */
async function inflate(packed) {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const [reader, writer, parts] = [readable.getReader(), writable.getWriter(), []];
  // What is wrong with the stream is said by its reader.
  for (const step of [writer.write(packed), writer.close()]) step.catch(() => {});
  for (let part; (part = await reader.read()).value; ) parts.push(part.value);
  return joined(parts);
}

/**
 * Read a raw deflate stream in the forms of portal/search/encoding.py, from its first byte to its last.
 * @param {BufferSource} packed
 */
async function unpack(packed) {
  const bytes = await inflate(packed);
  let at = 0;
  const take = (count = bytes.length) => bytes.subarray(at, (at += count));
  const text = (count) => decoder.decode(take(count));
  const number = () => {
    const byte = bytes[at++];
    return byte > 127 ? byte - 128 + 128 * number() : byte;
  };
  /** So many increasing numbers. */
  const numbers = (count) => {
    const made = new Int32Array(count);
    for (let rank = 0, last = 0; rank < count; last++) made[rank++] = last += bytes[at] < 128 ? bytes[at++] : number();
    return made;
  };
  /** Sorted words, each of which may begin as the one before. */
  const words = () => {
    const shared = take(number());
    const lengths = take(shared.length);
    const rests = text(number());
    let [word, from] = ["", 0];
    return Array.from(shared, (same, rank) => (word = word.slice(0, same) + rests.slice(from, (from += lengths[rank]))));
  };
  return { take, text, number, numbers, words };
}

/**
 * A file of the index, to be read.
 * @param {URL} url
 * @param {RequestInit} [options]
 */
export async function load(url, options) {
  return unpack(await (await get(url, options)).arrayBuffer());
}

/** Parts, joined. */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) whole.set(part, (at += part.length) - part.length);
  return whole;
}

/**
 * The file of texts: its slots are asked together in one request (RFC 9110 § 14.2), each once. A server that answers
 * otherwise gets a request for each from then on; if it has no ranges at all, it sends the whole file, which is kept.
 * @param {URL} url
 * @param {string[]} letters what begins and ends the stream that slots are pieces of, in base 64
 * @returns {(slots: [number, number][]) => Promise<string[][]>} first byte and size of slots → the lines of each
 */
function library(url, letters) {
  const [head, end] = letters.map((said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt()));
  const [pieces, known] = [[], {}];
  let isSingle = false;

  const cut = ([from, size]) => {
    const [start, bytes] = pieces.find(([start, { length }]) => start <= from && from + size <= start + length) ?? [];
    const slot = bytes?.subarray(from - start, from - start + size);
    // After a piece stands a 1; a slot without passage has only zeros.
    return slot?.subarray(0, Math.max(slot.lastIndexOf(1), 0));
  };
  async function ask(...slots) {
    const ranges = slots.map(([from, size]) => `${from}-${from + size - 1}`);
    const response = await get(url, { headers: { Range: `bytes=${ranges}` } });
    const range = response.headers.get("Content-Range");
    if (response.status === 200 && slots[1]) return response.body.cancel();
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 200 || range) return pieces.push([parseInt(range?.slice(6) ?? 0), bytes]);
    // The parts of a `multipart/byteranges` (RFC 9110 § 14.6): the headers of each tell how long it is.
    const header = /content-range: *bytes (\d+)-(\d+)[^]*?\r\n\r\n/gi;
    const said = new TextDecoder("latin1").decode(bytes);
    for (let part; (part = header.exec(said)); ) {
      pieces.push([+part[1], bytes.subarray(header.lastIndex, (header.lastIndex += part[2] - part[1] + 1))]);
    }
  }

  return async (slots) => {
    const missing = () => slots.filter((slot) => !cut(slot));
    if (missing()[0] && !isSingle) await ask(...missing()).catch(() => {});
    if (missing()[0]) {
      await ask(missing()[0]);
      isSingle = true;
    }
    await Promise.all(missing().map((slot) => ask(slot)));
    const fresh = slots.filter(([from]) => !known[from]);
    const bytes = fresh.map(cut);
    const lines = fresh[0] ? decoder.decode(await inflate(joined([head, ...bytes, end]))).split("\n").slice(1) : [];
    fresh.forEach(([from], rank) => (known[from] = lines.splice(0, bytes[rank].length && 6)));
    return slots.map(([from]) => known[from]);
  };
}

/**
 * A term: its best pages in `numbers`, in order, with their `impacts` (0 to `levels`) and the `masks` of the passages
 * that have it. The others are its tail, of which the better half counts as its mean, and so does the other; their
 * passages are unknown. `tail` gives pages and impacts of both, and fetches them where they stand apart.
 * @typedef {{term: string, df: number, numbers: Int32Array, impacts: Uint8Array, masks: Int32Array,
 *   tail?: () => [Int32Array, Uint8Array][] | Promise<[Int32Array, Uint8Array][]>}} Posting
 */

/**
 * One build, whose files never change.
 * @param {URL} site its root
 * @param {object} root what `root.bin` holds
 */
export function files(site, { id, n, h, sep, kinds, letters }) {
  const known = {};
  const address = (name) => new URL(`assets/search/${id}/${name}`, site);
  const file = (name, read) =>
    (known[name] ??= load(address(name)).then(read).catch((error) => {
      delete known[name];
      throw error;
    }));

  let [word, from, end, last] = ["", 0, 0, 0];
  const [shared, lengths, rests] = sep;
  const digit = (text, rank) => text.charCodeAt(rank) - 48;
  const separators = Array.from(shared, (_, rank) => {
    word = word.slice(0, digit(shared, rank)) + rests.slice(from, (from += digit(lengths, rank)));
    return word;
  });
  const folders = kinds.map(([value, count, base, passages, size, label = value]) => ({
    ...{ value, label, count, base, passages, size },
    end: (end += count),
    last: (last += count * passages * size),
  }));
  const kindAt = new Uint8Array(n);
  folders.forEach(({ count, end }, rank) => kindAt.fill(rank, end - count, end));
  const kindOf = (number) => folders[kindAt[number]];

  return {
    address,
    kindOf,
    texts: library(address("texts.bin"), letters),

    /** First byte and size of a passage among the texts. */
    slot(number, passage) {
      const { end, last, passages, size } = kindOf(number);
      return [last - ((end - number) * passages - passage) * size, size];
    },

    /** Which shard has the terms around a word. */
    place: (word) => separators.findLastIndex((least) => least <= word),

    /** @returns {Promise<Posting[]>} in alphabetical order */
    shard: (place) =>
      file(`${place}.bin`, ({ words, number, take, numbers }) => {
        const found = words().map((term) => {
          const df = number();
          return df > h ? { term, df, apart: number(), means: take(2) } : { term, df };
        });
        for (const one of found) one.impacts = take(Math.min(one.df, h));
        for (const one of found) one.numbers = numbers(one.impacts.length);
        for (const one of found) one.masks = one.numbers.map((page) => (kindOf(page).passages > 1 ? number() : 1));
        for (const one of found.filter(({ means }) => means)) {
          const { df, apart, means } = one;
          const halves = ({ numbers }) =>
            [0, 1].map((half) => {
              const count = (df - h + half) >> 1;
              return [numbers(count), new Uint8Array(count).fill(means[half])];
            });
          const rest = apart || halves({ numbers });
          one.tail = () => (apart ? file(`${place}-${apart}.bin`, halves) : rest);
        }
        return found;
      }),

    /** Terms that may have been meant, and how common each is. */
    dictionary: () => file("words.bin", ({ words, number }) => words().map((word) => [word, number()])),

    /** The values of a facet, each with its pages. */
    facet: async (name) =>
      name === "kind"
        ? folders.map((one) => ({ ...one, numbers: [...Array(n).keys()].filter((page) => kindOf(page) === one) }))
        : file(`facet-${name}.bin`, ({ number, text, numbers }) =>
            Array.from({ length: number() }, () => {
              const [value, label] = text(number()).split("\t");
              return { value, label, count: number() };
            }).map((one) => ({ ...one, numbers: numbers(one.count) })),
          ),
  };
}
