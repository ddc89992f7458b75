// A little Markdown → nodes, for the preview: paragraphs, lists, quotes, titles, bold, italics. What is typed only ever
// becomes text nodes: nothing of it can be an element, a link or a script.

const INLINE = /\*\*(.+?)\*\*|__(.+?)__|\*(.+?)\*|(?<![\p{L}\p{N}])_(.+?)_(?![\p{L}\p{N}])|`(.+?)`|!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/gu;
const LISTED = /^\s*[-*+] |^\s{2,}/;
const TAGS = ["strong", "strong", "em", "em", "code", "span"];

/**
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function paragraphs(text) {
  return text
    .split(/\n[ \t]*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(part);
}

function part(text) {
  const lines = text.split("\n");
  if (lines.every((line) => LISTED.test(line))) return list("ul", lines, /^\s*[-*+] /);
  if (/^\d+[.)] /.test(lines[0])) return list("ol", lines, /^\s*\d+[.)] /);
  if (lines.every((line) => line.startsWith(">"))) return made("blockquote", lines.map((line) => line.replace(/^> ?/, "")));
  const title = /^#{1,6} (.*)$/.exec(text);
  return title ? made("h5", [title[1]]) : made("p", lines);
}

function list(tag, lines, bullet) {
  const items = [];
  for (const line of lines) {
    if (bullet.test(line) || items.length === 0) items.push(line.replace(bullet, ""));
    else items.push(`${items.pop()} ${line.trim()}`);
  }
  const found = document.createElement(tag);
  found.append(...items.map((item) => made("li", [item])));
  return found;
}

function made(tag, lines) {
  const found = document.createElement(tag);
  found.append(...inline(lines.join(" ")));
  return found;
}

/** Text nodes, and those between marks inside an element. */
function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [index, words] = match.slice(1).map((group, place) => [place, group]).find(([, group]) => group !== undefined);
    const element = document.createElement(TAGS[index]);
    if (TAGS[index] === "code") element.textContent = words;
    else element.append(...inline(words));
    nodes.push(text.slice(end, match.index), element);
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}
