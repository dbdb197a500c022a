// Tables of boxes and lists of wordings: adding, moving and removing, with mouse and keyboard.

import { el, icon } from "../dom.js";

export function wireRows(root) {
  for (const rows of root.querySelectorAll("[data-rows]")) if (!rows.dataset.wired) wireTable(rows);
  for (const list of root.querySelectorAll("[data-several] .bot-language")) if (!list.dataset.wired) wireList(list);
}

export function tool(name, label, act) {
  return el("button", { type: "button", class: "bot-tool", title: label, "aria-label": label, onclick: act }, icon(name));
}

/** Tell whoever listens to the form that it is not what it was. */
export function changed(node) {
  node.dispatchEvent(new Event("input", { bubbles: true }));
}

function wireTable(rows) {
  rows.dataset.wired = "yes";
  const body = rows.querySelector("tbody");
  const empty = body.lastElementChild.cloneNode(true);
  body.lastElementChild.remove();
  for (const row of body.children) equip(row);
  const add = rows.querySelector("[data-add-row]");
  add.hidden = false;
  add.addEventListener("click", () => addRow(rows).querySelector("input, select").focus());
  rows.addRow = () => {
    const row = empty.cloneNode(true);
    body.append(row);
    equip(row);
    return row;
  };
  if (!body.children.length && "begun" in rows.dataset) rows.addRow();
  update(body);
}

/** A new, empty row at the end. */
export function addRow(rows) {
  const row = rows.addRow();
  update(row.parentElement);
  changed(rows);
  return row;
}

function equip(row) {
  const body = row.parentElement;
  row.querySelector("[data-tools]").replaceChildren(
    tool("arrow_upward", "Move up", () => swap(row, row.previousElementSibling)),
    tool("delete", "Remove", () => {
      const next = row.nextElementSibling || row.previousElementSibling;
      (next?.querySelector("input, select") || row.closest("[data-rows]").querySelector("[data-add-row]")).focus();
      row.remove();
      update(body);
      changed(body);
    }),
  );
}

function swap(row, other) {
  if (!other) return;
  other.before(row);
  update(row.parentElement);
  changed(row);
  row.querySelector(".bot-tool:not(:disabled)")?.focus();
}

function update(body) {
  [...body.children].forEach((row, index) => {
    const up = row.querySelector(".bot-tool");
    if (up) up.disabled = index === 0;
  });
  body.closest("table").hidden = !body.children.length;
}

function wireList(list) {
  list.dataset.wired = "yes";
  const boxes = () => [...list.querySelectorAll("textarea")];
  if (boxes().length > 1) boxes().at(-1).remove();
  const add = el("button", { type: "button", class: "desk-inline" }, "+ Other words for asking again");
  add.addEventListener("click", () => {
    const box = boxes()[0].cloneNode(true);
    box.removeAttribute("id");
    box.value = "";
    const language = list.querySelector(".bot-language__name")?.textContent;
    box.setAttribute("aria-label", language ? `${language}: asked again` : "asked again");
    add.before(box);
    box.focus();
  });
  list.append(add);
}
