// A group of keys that may stay empty, but not half: a quote has its words and who said them.

/** What a key holds; nothing for what a cleared field leaves. */
export function held(value) {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map(held).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (typeof value === "object") {
    const kept = Object.entries(value).map(([key, inner]) => [key, held(inner)]);
    const whole = kept.filter(([, inner]) => inner !== undefined);
    return whole.length ? Object.fromEntries(whole) : undefined;
  }
  return value;
}

/**
 * The first group that is half filled in.
 * @returns {{group: string, missing: string} | undefined}
 */
export function incomplete(fields, data) {
  for (const { name, label, widget, fields: parts } of fields) {
    const group = widget === "object" ? held(data[name]) : undefined;
    const missing = group && parts.find((part) => part.completes && group[part.name] === undefined);
    if (missing) return { group: label, missing: missing.label };
  }
}
