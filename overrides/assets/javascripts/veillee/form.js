// A contribution form: judged as it is filled in, kept as a draft, shown as it will be read, then made into a sheet to
// send. `<form data-v-form="question" …>` holds boxes `data-ask`; its sentences are its `data-say-…` attributes.

import { keepName, recallName, startDraft } from "./form-draft.js";
import { fieldsOf, inputOf, read, write } from "./form-fields.js";
import { forgetFaults, judgeField, judgeForm, showCount, showFault, showNote, summarise } from "./form-faults.js";
import { holdsUnknown, settle, settleNames, startNames } from "./form-names.js";
import { startReview } from "./form-review.js";
import { startRows } from "./form-rows.js";

/** Who writes, by the names of the fields that ask for it. */
const WRITERS = ["name", "asked_by", "proposed_by", "curated_by"];

/** What an address may type into a form. */
const TYPED = ["title", "people", "skills", "sequel_of"];

/** The page from which a story comes: a folder, and a path that nothing but a file of it has. */
const FROM = /^(ideas|questions|watch)\/(?:\d{4}\/)?[a-z0-9-]+\.md$/;

/** @param {HTMLFormElement} form */
export function start(form) {
  const kind = form.dataset.vForm;
  const fields = fieldsOf(form);
  const status = form.querySelector("[data-form-says]");
  const say = (words, values = {}) => {
    status.textContent = filled(form.dataset[`say${words}`], values);
  };
  const answers = () => Object.fromEntries(fields.map((field) => [field.name, read(field.box)]));
  const writer = fields.find((field) => WRITERS.includes(field.name));
  const review = startReview(form, fields, answers);

  startNames(form, (words, name) => say(words[0].toUpperCase() + words.slice(1), { name }));
  for (const { box, control } of fields) {
    if (control === "rows") startRows(box, (words, n) => say(words === "added" ? "Added" : "Removed", { name: filled(form.dataset.sayLine, { n }) }));
  }
  const draft = startDraft(form, { kind, answers, say, restore: (given) => restore(form, fields, given) });
  const about = begin(form, fields, writer, draft.isBack);
  showAbout(form, about);
  startFolds(form);

  form.addEventListener("input", (event) => {
    const box = event.target.closest("[data-ask]");
    markSteps(box);
    showCount(box, form.dataset);
    if (box.hasAttribute("data-fault")) judgeField(form, fields, box);
    else showFault(box, "");
    draft.touch();
    review.refresh();
  });
  whenLeft(form, (box) => {
    if ("names" in box.dataset) settle(box);
    const fault = judgeField(form, fields, box);
    if (fault) say("Fault", { label: fault.label, what: fault.sentence });
    else if ("names" in box.dataset && holdsUnknown(box)) showNote(box, form.dataset.sayUnknown);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settleNames(form);
    const faults = judgeForm(form, fields);
    summarise(form, faults);
    if (faults.length > 0) return;
    if (writer) keepName(read(writer.box));
    review.open();
  });
  document.querySelector("[data-form-print]").addEventListener("click", () => print());
  // Nothing is sent by a button that isn't awake yet.
  form.querySelector("[data-form-end]").hidden = false;
}

function filled(sentence, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => String(value)), sentence);
}

/** Put answers back, and say nothing of what was wrong before. */
function restore(form, fields, given) {
  for (const { name, box } of fields) {
    const answer = given[name] ?? "";
    // A draft may be older than the form.
    if (answer === "" || Array.isArray(answer) === Array.isArray(read(box))) write(box, answer);
    markSteps(box);
  }
  forgetFaults(form);
}

/** What is known before anything is typed: who writes, and what the address asks for (`?title=…&community=slug`). */
function begin(form, fields, writer, isBack) {
  if (!isBack && writer && inputOf(writer.box).value === "") write(writer.box, recallName());
  const asked = new URLSearchParams(location.search);
  const about = [...asked].map(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    return field ? given(field.box, name, field.control, value, isBack) : "";
  });
  const body = fields.find((field) => field.name === "body");
  if (form.dataset.vForm === "story" && body && !isBack) beginText(form, body.box, asked.get("from"), asked.get("title"));
  for (const { box } of fields) markSteps(box);
  return about.filter(Boolean);
}

/** Begin the text with a link to the page where the reader stood, as a file of the stories writes it. */
function beginText(form, box, path, title) {
  const folder = FROM.exec(path ?? "")?.[1];
  if (!folder || !title) return;
  const link = `[${title.replace(/[\\[\]]/g, "\\$&")}](../${path})`;
  write(box, `${filled(form.dataset[`sayFrom${folder[0].toUpperCase()}${folder.slice(1)}`], { link })}\n\n`);
}

/** Put in what an address asks of one field; a draft that came back keeps what it says. What the field is then about. */
function given(box, name, control, value, isBack) {
  const option = box.querySelector(`[data-slug="${CSS.escape(value)}"]`);
  if (option instanceof HTMLOptionElement) option.selected = true;
  else if (option) option.checked = true;
  else if (isBack || !TYPED.includes(name)) return "";
  else write(box, control === "names" ? [...read(box), value] : value);
  return option ? (option.label ?? option.closest("label").textContent).trim() : value;
}

/** Say on top of the form what it is about: the place of each thing may be folded away. */
function showAbout(form, about) {
  const line = document.querySelector("[data-form-about]");
  if (!line || about.length === 0) return;
  line.textContent = filled(form.dataset.sayAbout, { name: [...new Set(about)].join(" · ") });
  line.hidden = false;
}

/** What is folded opens when it has something to show: an answer, or a sheet of paper; a fault opens it by itself. */
function startFolds(form) {
  for (const fold of form.querySelectorAll("[data-form-fold]")) {
    if (fieldsOf(fold).some(({ box }) => read(box).length > 0)) fold.open = true;
    addEventListener("beforeprint", () => (fold.open = true));
  }
}

/** The word of the step that is chosen, below its number; and, for paper, which dates are given. */
function markSteps(box) {
  for (const said of box.querySelectorAll("[data-step-said]")) {
    const chosen = said.closest("[data-ask]").querySelector("input:checked");
    said.textContent = chosen?.closest("label").title ?? "";
  }
  for (const input of box.querySelectorAll("[type=date], [type=time]")) input.toggleAttribute("data-said", input.value !== "");
}

/**
 * Tell when a field was left. While a button of the mouse is down, that waits: a sentence that appears meanwhile would
 * move what is being clicked.
 */
function whenLeft(form, leave) {
  let isDown = false;
  const waiting = new Set();
  const flush = () => {
    isDown = false;
    for (const box of waiting) leave(box);
    waiting.clear();
  };
  form.addEventListener("pointerdown", () => {
    isDown = true;
  });
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(flush));
  form.addEventListener("focusout", (event) => {
    const box = event.target.closest("[data-ask]");
    if (!box || box.contains(event.relatedTarget)) return;
    waiting.add(box);
    if (!isDown) flush();
  });
}
