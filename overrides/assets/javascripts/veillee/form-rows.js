// Rows of a form: a list of small groups, to which rows are added and from which they are taken. The page comes with
// spare ones, for paper; here they are shown one by one, then copied.

/**
 * Wake the buttons of a list of rows.
 * @param {HTMLElement} box the field
 * @param {(words: string, number: number) => void} say tells of a row that came or went
 */
export function startRows(box, say) {
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-add-row]")) {
      const row = addRow(box);
      changed(box);
      say("added", rowsOf(box).indexOf(row) + 1);
      row.querySelector("input").focus();
    }
    const removed = event.target.closest("[data-remove-row]")?.closest("[data-row]");
    if (removed) {
      const index = rowsOf(box).indexOf(removed);
      removeRow(box, removed);
      changed(box);
      say("removed", index + 1);
      const left = rowsOf(box);
      (left[Math.min(index, left.length - 1)].querySelector("input") ?? box).focus();
    }
  });
  show(box);
}

/**
 * What is given in the rows that aren't empty.
 * @param {HTMLElement} box
 * @param {(row: HTMLElement) => Record<string, string | string[]>} read
 */
export function readRows(box, read) {
  return rowsOf(box)
    .map(read)
    .filter((item) => Object.values(item).some((value) => value.length > 0));
}

/**
 * As many rows as answers, one at least.
 * @param {HTMLElement} box
 * @param {Record<string, string | string[]>[]} answers
 * @param {(row: HTMLElement, item: Record<string, string | string[]> | undefined) => void} write
 */
export function writeRows(box, answers, write) {
  const wanted = Math.max(1, answers.length);
  while (rowsOf(box).length > wanted) removeRow(box, rowsOf(box).at(-1));
  while (rowsOf(box).length < wanted) addRow(box);
  rowsOf(box).forEach((row, index) => write(row, answers[index]));
}

/**
 * The rows in use, in order.
 * @param {HTMLElement} box
 * @returns {HTMLElement[]}
 */
export function rowsOf(box) {
  return [...box.querySelectorAll("[data-row]:not([data-spare])")];
}

function addRow(box) {
  let row = box.querySelector("[data-spare]");
  if (row) row.removeAttribute("data-spare");
  else {
    row = copy(box);
    box.querySelector("ol").append(row);
  }
  show(box);
  return row;
}

/** The first row again, empty, under a number that no other one has. */
function copy(box) {
  const model = box.querySelector("[data-row]");
  const number = Math.max(...[...box.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row))) + 1;
  const row = model.cloneNode(true);
  const before = `${box.id}-${model.dataset.row}-`;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(before)) element.setAttribute(name, value.replaceAll(before, `${box.id}-${number}-`));
    }
  }
  row.dataset.row = String(number);
  empty(row);
  return row;
}

/** The last row in use isn't taken away, only emptied. */
function removeRow(box, row) {
  if (rowsOf(box).length === 1) empty(row);
  else row.remove();
  show(box);
}

function empty(row) {
  for (const input of row.querySelectorAll("input, select, textarea")) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = false;
    else input.value = "";
    input.removeAttribute("aria-invalid");
  }
  for (const error of row.querySelectorAll("[id$=-error]")) error.hidden = true;
  for (const said of row.querySelectorAll("[data-step-said]")) said.textContent = "";
}

/** Numbers for who hears the page: “Remove this line 2”. */
function show(box) {
  rowsOf(box).forEach((row, index) => {
    row.setAttribute("aria-label", box.dataset.line.replace("{n}", String(index + 1)));
    row.querySelector("[data-remove-number]").textContent = String(index + 1);
  });
}

function changed(box) {
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
