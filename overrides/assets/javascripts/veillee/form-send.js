// The ways out of a form: a mail, an issue on the forge, the clipboard, a file. Nothing is sent from here: each opens what
// the reader then sends, or not.

const MAX_MAILTO_CHARS = 1800;
const MAX_ISSUE_CHARS = 6000;

/**
 * The address of a mail that holds the sheet (RFC 6068: lines end with CRLF), or a word in its place when it is too
 * long for some mail programs.
 * @param {string} to
 * @param {string} subject
 * @param {string} sheet
 * @param {string} instead
 * @returns {{href: string, isWhole: boolean}}
 */
export function mailOf(to, subject, sheet, instead) {
  const about = (text) => `mailto:${encodeURIComponent(to).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
  return shortest(about(sheet), about(instead), MAX_MAILTO_CHARS);
}

/**
 * The address that opens a new issue with the sheet in it.
 * @param {{issue: string, issueTitle: string, issueBody: string}} forge the address, and its parameters' names
 * @param {string} subject
 * @param {string} sheet
 * @param {string} instead
 * @returns {{href: string, isWhole: boolean}}
 */
export function issueOf(forge, subject, sheet, instead) {
  const about = (text) => {
    const address = new URL(forge.issue);
    address.searchParams.set(forge.issueTitle, subject);
    address.searchParams.set(forge.issueBody, text);
    return address.href;
  };
  return shortest(about(sheet), about(instead), MAX_ISSUE_CHARS);
}

function shortest(whole, instead, most) {
  return whole.length <= most ? { href: whole, isWhole: true } : { href: instead, isWhole: false };
}

/**
 * Copy a text; where the browser doesn't allow it, what the element holds is selected for the reader to copy.
 * @param {string} text
 * @param {HTMLTextAreaElement} element
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copy(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Intranets without HTTPS have no clipboard of the newer kind.
    element.closest("details").open = true;
    element.focus();
    element.select();
    return document.execCommand("copy");
  }
}

/**
 * Keep a text as a file of the reader's downloads.
 * @param {string} text
 * @param {string} name
 */
export function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
