// The search of every page: `/` or Ctrl-K opens it at once; the rest arrives when the page has nothing else to do, or
// while the first letters are typed. Before this module is awake, the header's form leads to the search's own page.

/** Opens the search of the page that is shown. */
let open;

addEventListener("keydown", (event) => {
  const isAsked = event.ctrlKey || event.metaKey ? event.key === "k" : event.key === "/";
  if (isAsked && !event.target.closest("input, textarea, select") && !document.querySelector("dialog[open]")) open(event);
});

/**
 * Make the header's form the button of the dialog that the `<template>` holds. Beside the page of the search there is
 * no form: the keys lead to that page's own field.
 * @param {HTMLElement} box
 */
export function start(box) {
  const [form, model] = box.children;
  if (!form) {
    open = (event) => {
      event.preventDefault();
      document.querySelector("[data-v-search-page] [name=q]").select();
    };
    return;
  }
  document.body.append(model.content);
  const dialog = document.body.lastElementChild;
  const input = dialog.querySelector("[name=q]");
  let loading;
  const prepare = () => {
    loading ??= import("./search-panel.js").then((panel) => panel.start(dialog));
    loading.catch(() => (loading = undefined));
    return loading;
  };
  open = form.onsubmit = (event) => {
    event.preventDefault();
    input.value ||= form.q.value;
    dialog.showModal();
    input.select();
    prepare().then((run) => run(), () => (dialog.dataset.state = "broken"));
  };
  dialog.onclick = ({ target }) => {
    if (target.dataset.close) dialog.close();
  };
  form.classList.add("is-awake");
  // Safari has no idle callbacks; who spares data gets nothing before it is asked for.
  if (!navigator.connection?.saveData) (window.requestIdleCallback ?? setTimeout)(prepare);
  if (document.activeElement === form.q) open(new Event(""));
}
