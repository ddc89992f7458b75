// The three widgets that Decap lacks: a choice that keeps what it doesn't know, a day with or without an hour, and a text
// that is written as it is read by git, with a few marks at hand. `createClass` and `h` are Decap's own React.

/** Registers `choice`, `moment` and `prose`, in the words of the page. */
export function registerWidgets(CMS, words) {
  const preview = (name) => CMS.getWidget(name).preview;
  CMS.registerWidget("choice", choice(CMS.getWidget("select").control), preview("select"));
  CMS.registerWidget("moment", moment(words), preview("string"));
  CMS.registerWidget("prose", prose(words), preview("markdown"));
}

/** Decap's list, with the record's own values beside those that it proposes: someone who left isn't forgotten. */
function choice(Select) {
  return createClass({
    isValid() {
      return this.select?.isValid?.() ?? true;
    },
    render() {
      const { field, value } = this.props;
      const proposed = field.get("options");
      const values = [value?.toJS?.() ?? value].flat();
      const known = new Set(proposed.map((option) => option?.get?.("value") ?? option));
      const others = values.filter((one) => one !== undefined && one !== null && one !== "" && !known.has(one));
      const options = proposed.concat(others.map(String));
      return h(Select, { ...this.props, field: field.set("options", options), ref: (select) => (this.select = select) });
    },
  });
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(.*))?$/;

/** A day, and an hour for what isn't a whole day; seconds and offset of what was written stay. */
function moment(words) {
  return createClass({
    getInitialState() {
      const [, day = "", time = "", rest = ""] = MOMENT.exec(this.props.value ?? "") ?? [];
      return { day, time, rest };
    },
    change(part) {
      const { day, time, rest } = { ...this.state, ...part };
      this.setState(part);
      this.props.onChange(day && time ? `${day}T${time}${rest}` : day);
    },
    input(name, type, label, id) {
      const { setActiveStyle, setInactiveStyle } = this.props;
      return h(
        "label",
        { className: "moment__part" },
        h("span", {}, label),
        h("input", {
          id,
          type,
          value: this.state[name],
          onChange: (event) => this.change({ [name]: event.target.value }),
          onFocus: setActiveStyle,
          onBlur: setInactiveStyle,
        }),
      );
    },
    render() {
      const { forID, classNameWrapper } = this.props;
      return h(
        "div",
        { className: `${classNameWrapper} moment` },
        this.input("day", "date", words.day, forID),
        this.input("time", "time", words.time),
      );
    },
  });
}

/** Before and after what is selected, or before each of its lines. */
const marks = (words) => [
  { name: "title", sign: "H", lines: "## " },
  { name: "bold", sign: "B", around: ["**", "**"] },
  { name: "italics", sign: "I", around: ["*", "*"] },
  { name: "list", sign: "•", lines: "- " },
  { name: "quote", sign: "❝", lines: "> " },
  { name: "link", sign: "↗", around: ["[", "](https://)"] },
  { name: "box", sign: "!", around: [`!!! note "${words.box_title}"\n\n    `, "\n"] },
];

/** A plain field of text: what is typed is what the file holds, so that nothing is ever rewritten. */
function prose(words) {
  return createClass({
    mark({ around, lines }) {
      const { area } = this;
      const { value, selectionStart, selectionEnd } = area;
      const from = lines ? value.lastIndexOf("\n", selectionStart - 1) + 1 : selectionStart;
      const chosen = value.slice(from, selectionEnd) || words.some_words;
      const put = lines ? chosen.replace(/^/gm, lines) : around[0] + chosen + around[1];
      area.focus();
      area.setSelectionRange(from, selectionEnd);
      // Typed rather than set, so that Ctrl-Z takes it back.
      if (!document.execCommand("insertText", false, put)) area.setRangeText(put, from, selectionEnd, "end");
      this.props.onChange(area.value);
    },
    render() {
      const { forID, value, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
      const tools = marks(words).map((mark) =>
        h(
          "button",
          { key: mark.name, type: "button", title: words[mark.name], "aria-label": words[mark.name], onClick: () => this.mark(mark) },
          h("span", { className: `prose__sign prose__sign--${mark.name}`, "aria-hidden": true }, mark.sign),
          words[mark.name],
        ),
      );
      return h(
        "div",
        { className: `${classNameWrapper} prose` },
        h("div", { className: "prose__tools", role: "toolbar", "aria-label": words.tools }, tools),
        h("textarea", {
          id: forID,
          className: "prose__text",
          rows: 16,
          value: value ?? "",
          ref: (area) => (this.area = area),
          onChange: (event) => onChange(event.target.value),
          onFocus: setActiveStyle,
          onBlur: setInactiveStyle,
        }),
      );
    },
  });
}
