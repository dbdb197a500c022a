// The slots of an intent: adding, ordering and removing, and telling the others which there are.

import { el } from "../dom.js";
import { tell } from "./bus.js";
import { pageData } from "./page.js";
import { tool } from "./rows.js";

const NEW = "+new";

export function wireUses(form, wire) {
  const list = form.querySelector("[data-formset]");
  if (!list) {
    tell("slots", pageData().slots || []);
    return;
  }
  const use = new Uses(form, list, wire);
  use.begin();
}

class Uses {
  constructor(form, list, wire) {
    Object.assign(this, { form, list, wire });
    this.total = form.querySelector("[name=uses-TOTAL_FORMS]");
    this.empty = document.getElementById("bot-use-empty");
  }

  begin() {
    for (const row of this.rows()) this.equip(row);
    for (const button of this.form.querySelectorAll("button[name=more]")) {
      button.type = "button";
      button.addEventListener("click", () => this.add(button.value));
    }
    this.form.addEventListener("input", () => this.told());
    this.form.addEventListener("change", () => this.told());
    this.drag();
    this.number();
  }

  rows() {
    return [...this.list.querySelectorAll(":scope > [data-use]")];
  }

  add(kind) {
    const row = numbered(this.empty.content.firstElementChild.cloneNode(true), this.total.value);
    this.total.value = String(Number(this.total.value) + 1);
    this.list.append(row);
    const slot = row.querySelector("select[name$='-slot']");
    slot.value = kind === NEW ? NEW : "";
    this.wire(row);
    this.equip(row);
    this.number();
    row.querySelector(kind === NEW ? "[data-new-slot] input" : "[data-pick] select").focus();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  equip(row) {
    const slot = row.querySelector("select[name$='-slot']");
    const required = row.querySelector("select[name$='-required']");
    row.querySelector(".bot-use__tools").append(
      this.link(row),
      tool("arrow_upward", "Move up", () => this.move(row, -1)),
      tool("arrow_downward", "Move down", () => this.move(row, 1)),
      tool("delete", "Remove", () => this.remove(row)),
    );
    const show = () => {
      const fresh = slot.value === NEW;
      row.querySelector("[data-new-slot]").hidden = !fresh;
      row.querySelector("[data-pick]").hidden = fresh || (Boolean(slot.value) && !row.querySelector(".bot-field--bad select"));
      row.querySelector("[data-optional]").hidden = required.value === "yes";
      row.querySelector(".bot-use__link").hidden = fresh || !slot.value;
    };
    slot.addEventListener("change", show);
    required.addEventListener("change", show);
    show();
  }

  link(row) {
    const words = "readonly" in this.form.dataset ? "Open" : "Edit";
    const anchor = el("a", { class: "bot-use__link desk-inline", href: "#" }, words);
    row.linkTo = (url, title) => {
      anchor.href = url;
      anchor.setAttribute("aria-label", `${words} ${title}`);
    };
    return anchor;
  }

  move(row, by) {
    const rows = this.rows();
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    this.number();
    row.querySelectorAll(".bot-tool")[by < 0 ? 0 : 1].focus();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  remove(row) {
    const gone = row.querySelector("input[name$='-DELETE']");
    gone.checked = true;
    const title = this.about(row).title || "The slot";
    const back = el("button", { type: "button", class: "desk-inline" }, "Put it back");
    const line = el("li", { class: "bot-use bot-use--note" }, el("span", {}, `${title} is removed. `), back);
    row.classList.add("bot-use--gone");
    row.after(line);
    back.addEventListener("click", () => {
      gone.checked = false;
      row.classList.remove("bot-use--gone");
      line.remove();
      this.number();
      row.querySelector(".bot-tool").focus();
    });
    back.focus();
    this.number();
    this.list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The slot of a row, as it stands in the boxes just now. */
  about(row) {
    const slot = row.querySelector("select[name$='-slot']");
    if (slot.value !== NEW) return (pageData().slots || []).find((one) => one.name === slot.value) || { name: "", title: "" };
    const fresh = row.querySelector("[data-new-slot]");
    const value = (end) => fresh.querySelector(`[name$='${end}']`)?.value.trim() || "";
    const title = [...fresh.querySelectorAll("[name*='title_']")].map((one) => one.value.trim()).find(Boolean) || "";
    const type = fresh.querySelector("select[name$='-type']").value;
    return { name: value("-new-name"), title: title || "New slot", type, sample: value(`choices_label_${pageData().languages[0]}`) };
  }

  number() {
    let place = 0;
    for (const row of this.rows()) {
      if (row.classList.contains("bot-use--gone")) continue;
      place += 1;
      row.querySelector("input[name$='-order']").value = place;
    }
    document.getElementById("bot-uses-none").hidden = place > 0;
    this.told();
  }

  told() {
    const slots = [];
    for (const row of this.rows()) {
      const slot = this.about(row);
      row.querySelector("[data-use-title]").textContent = slot.title || "Which slot?";
      row.querySelector("[data-use-type]").textContent = slot.type ? pageData().types[slot.type].split(" – ")[0] : "";
      if (slot.url) row.linkTo?.(slot.url, slot.title);
      if (slot.name && !row.classList.contains("bot-use--gone")) slots.push(slot);
    }
    this.conditions(slots); // also where the slots are the same: a condition may be new
    const stamp = JSON.stringify(slots);
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    tell("slots", slots);
  }

  /** A condition names another of the slots that are in the list. */
  conditions(slots) {
    for (const select of this.form.querySelectorAll("select[data-slots]")) {
      const kept = select.value;
      const own = this.about(select.closest("[data-use]")).name;
      const others = slots.filter(({ name }) => name !== own);
      if (kept && !others.some(({ name }) => name === kept)) others.push({ name: kept, title: kept });
      const stamp = JSON.stringify(others);
      if (select.dataset.stamp === stamp) continue;
      select.dataset.stamp = stamp;
      select.replaceChildren(...[{ name: "", title: "–" }, ...others].map(({ name, title }) => el("option", { value: name }, title)));
      select.value = kept;
    }
  }

  drag() {
    let held = null;
    this.list.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[data-use]");
      if (row) row.draggable = Boolean(event.target.closest("[data-grip]"));
    });
    this.list.addEventListener("dragstart", (event) => {
      held = event.target.closest("[data-use]");
      held?.classList.add("bot-use--dragged");
    });
    this.list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-use]");
      if (!held || !over || over === held) return;
      event.preventDefault();
      const { top, height } = over.getBoundingClientRect();
      if (event.clientY < top + height / 2) over.before(held);
      else over.after(held);
    });
    this.list.addEventListener("dragend", () => {
      held?.classList.remove("bot-use--dragged");
      held = null;
      this.number();
      this.list.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/** The empty row with its number in place of the one that it stands for. */
function numbered(row, number) {
  for (const node of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...node.attributes]) {
      if (value.includes("__prefix__")) node.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  return row;
}
