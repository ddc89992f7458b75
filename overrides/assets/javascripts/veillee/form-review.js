// The end of a form: what will be read, the sheet itself, and the ways to send it. It opens once the form is whole and
// follows what is typed from then on.

import { judgeForm, summarise } from "./form-faults.js";
import { preview } from "./form-preview.js";
import { copy, download, issueOf, mailOf } from "./form-send.js";
import { writeSheet } from "./form-sheet.js";
import { fold } from "./filters.js";

const MAX_SUBJECT_CHARS = 120;

/**
 * @param {HTMLFormElement} form
 * @param {import("./form-fields.js").Field[]} fields
 * @param {() => Record<string, import("./form-sheet.js").Answer>} answers
 * @returns {{open: () => void, refresh: () => void}}
 */
export function startReview(form, fields, answers) {
  const section = document.querySelector("[data-form-review]");
  const part = (name) => section.querySelector(`[data-${name}]`);
  const words = form.dataset;
  const paper = {
    header: words.header,
    reserved: new Set(words.reserved.split(" ")),
    otherwise: new RegExp(`^(?:${words.otherwise})`, "iu"),
  };
  const sheet = part("form-sheet");
  const said = part("form-sent");
  const title = () => String(answers().title ?? answers().name ?? "");
  const subject = () => [words.header, title()].join(" : ").slice(0, MAX_SUBJECT_CHARS);

  const draw = () => {
    const given = answers();
    sheet.value = writeSheet(paper, fields, given);
    part("form-preview").replaceChildren(preview(words.header.split(" · ").at(-1), fields, given));
    said.textContent = "";
    for (const [name, address] of Object.entries(ways())) {
      const link = part(name);
      if (link) link.href = address().href;
    }
  };
  const ways = () => ({
    "send-mail": () => mailOf(words.mail, subject(), sheet.value, words.sayPasteHere),
    "send-issue": () => issueOf(words, subject(), sheet.value, words.sayPasteHere),
  });
  /** Whether nothing is wrong; what is wrong is shown. */
  const isWhole = () => {
    const faults = judgeForm(form, fields);
    summarise(form, faults);
    return faults.length === 0;
  };

  for (const [name, address] of Object.entries(ways())) {
    part(name)?.addEventListener("click", (event) => {
      if (!isWhole()) return event.preventDefault();
      if (address().isWhole) return;
      copy(sheet.value, sheet).then((isCopied) => {
        said.textContent = isCopied ? words.sayPasted : words.saySelected;
      });
    });
  }
  part("send-copy").addEventListener("click", async () => {
    if (!isWhole()) return;
    said.textContent = (await copy(sheet.value, sheet)) ? words.sayCopied : words.saySelected;
  });
  part("send-file").addEventListener("click", () => {
    if (!isWhole()) return;
    const name = `${["veillee", words.file, slug(title())].filter(Boolean).join("-")}.txt`;
    download(sheet.value, name);
    said.textContent = words.saySaved.replace("{name}", name);
  });
  form.addEventListener("veillee:erased", () => {
    section.hidden = true;
  });
  return {
    open() {
      draw();
      section.hidden = false;
      section.focus();
      section.scrollIntoView({ block: "start" });
    },
    refresh() {
      if (!section.hidden) draw();
    },
  };
}

function slug(text) {
  const words = fold(text).match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 6).join("-");
}
