// Making and filling nodes. What comes from data becomes text nodes or attributes, never markup.

/** An element with attributes (`on…` functions become listeners; null and false leave one out). */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.replace(/^on/, ""), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/** The data that the server put into the page. */
export function pageData() {
  return JSON.parse(byId("desk-data").textContent);
}

/** Show or hide, and set the text only when it differs, so that screen readers hear it once. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
}

export function icon(name) {
  return el("span", { class: "material-symbols-outlined", "aria-hidden": "true" }, name);
}

/** Make `list` hold exactly `items`, in order, reusing the nodes whose key and stamp are unchanged. */
export function keyed(list, items, make) {
  const before = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const known = before.get(item.key);
    if (known && known.dataset.stamp === item.stamp) return known;
    const node = make(item, known);
    node.dataset.key = item.key;
    node.dataset.stamp = item.stamp;
    return node;
  });
  const kept = new Set(nodes);
  for (const node of before.values()) if (!kept.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  });
}

/** A question in a dialog of its own; resolves to true where it was agreed to. */
export function ask(question, yes, { danger = false } = {}) {
  return new Promise((resolve) => {
    const style = danger ? "desk-button desk-button--danger" : "desk-button desk-button--primary";
    const dialog = el(
      "dialog",
      { class: "desk-dialog", "aria-labelledby": "desk-question" },
      el(
        "form",
        { method: "dialog" },
        el("p", { id: "desk-question" }, question),
        el(
          "div",
          { class: "desk-dialog__row" },
          el("button", { class: "desk-button", value: "no", autofocus: danger }, "Cancel"),
          el("button", { class: style, value: "yes", autofocus: !danger }, yes),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
