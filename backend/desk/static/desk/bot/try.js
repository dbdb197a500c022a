// The panel in which one talks to the draft, beside the editor or on a page of its own.

import { analysisNodes } from "../analysis.js";
import { ask as agree, el, icon } from "../dom.js";
import { link, rich } from "../text.js";
import { pageData } from "./page.js";
import { Samples } from "./samples.js";
import { Talk } from "./talk.js";

const ROOM = matchMedia("(min-width: 768px)"); // to open what led to the latest answer by itself
const BEGINNING = "You talk to the saved draft, as a visitor. Nothing of it is kept, and nothing";
const LANGUAGES = { "": "as written", en: "English", zh: "中文" };

/** Fill `root` with the panel; `close` is what its closing button does, if it has one. */
export function mountTry(root, close = null) {
  const { bot, links, revision, versions = [], languages, may_change: mayChange } = pageData();
  const samples = new Samples(bot);
  const talk = new Talk({ url: links.say, store: sessionStorage, key: `kefu.try.${bot}`, revision, answers: () => samples.all() });
  const panel = new Panel(root, talk, { close, versions, languages, mayChange, page: links.try });
  panel.draw();
  return panel;
}

class Panel {
  constructor(root, talk, options) {
    Object.assign(this, { root, talk, options });
    this.log = el("ol", { class: "desk-log" });
    this.scroll = el("div", { class: "desk-scroll bot-try__log", tabindex: "0", role: "log", "aria-label": "Conversation with the draft" }, this.log);
    this.notice = el("p", { class: "bot-try__notice", role: "status" });
    this.text = el("textarea", { rows: 2, id: "bot-try-text", maxlength: 8000, placeholder: "Write as a visitor would…" });
    this.send = el("button", { type: "submit", class: "desk-button desk-button--primary" }, "Send");
    root.replaceChildren(this.head(), this.settings(), this.scroll, this.notice, this.composer());
  }

  head() {
    const { close, page } = this.options;
    const restart = el("button", { type: "button", class: "desk-button bot-small", onclick: () => this.restart() }, icon("restart_alt"), "Restart");
    const away = close ? el("a", { href: page, class: "bot-tool", title: "On a page of its own", "aria-label": "On a page of its own" }, icon("open_in_full")) : null;
    const shut = close ? el("button", { type: "button", class: "bot-tool", title: "Close", "aria-label": "Close", onclick: close }, icon("close")) : null;
    return el("div", { class: "bot-try__head" }, el("h2", {}, "Try it"), restart, away, shut);
  }

  settings() {
    const { settings } = this.talk;
    const { languages, versions, mayChange } = this.options;
    const locale = this.picker("Language", "locale", [["", LANGUAGES[""]], ...languages.map((one) => [one, LANGUAGES[one] || one])]);
    const version = versions.length ? this.picker("Bot", "version", [["", "the draft"], ...versions.map((one) => [String(one), `version ${one}`])]) : null;
    this.real = el("input", { type: "checkbox", onchange: () => this.switchReal() });
    const profile = el("textarea", { rows: 2, "data-mono": true, spellcheck: "false", "aria-label": "Profile, as JSON", placeholder: '{"email": "amira@example.com"}' });
    profile.value = settings.profile;
    profile.addEventListener("input", () => this.talk.set("profile", profile.value));
    return el(
      "div",
      { class: "bot-try__settings" },
      el("div", { class: "bot-row" }, locale, version, mayChange ? el("label", { class: "bot-check" }, this.real, el("span", {}, "Really change things")) : null),
      (this.warning = el("p", { class: "bot-try__real", hidden: true }, "What you do here is really done in your system.")),
      el("details", { class: "bot-more" }, el("summary", {}, "Who the visitor is"), profile),
    );
  }

  picker(words, name, options) {
    const select = el("select", { onchange: () => (this.talk.set(name, select.value), this.restart()) }, ...options.map(([value, title]) => el("option", { value }, title)));
    select.value = this.talk.settings[name];
    return el("label", { class: "bot-try__pick" }, `${words} `, select);
  }

  composer() {
    const form = el("form", { class: "bot-try__composer" }, el("label", { class: "desk-hidden", for: "bot-try-text" }, "Your message"), this.text, this.send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.say();
    });
    return form;
  }

  async switchReal() {
    if (this.real.checked) {
      const words = "Really make the calls that change something? What the bot does in this conversation is then done in your system: orders are changed, e-mails may go out.";
      this.real.checked = await agree(words, "Really make them", { danger: true });
    }
    this.talk.set("real", this.real.checked);
    this.draw();
  }

  restart() {
    this.talk.begin();
    this.draw();
    this.text.focus();
  }

  async say() {
    const text = this.text.value.trim();
    if (!text || this.talk.busy) return;
    this.text.value = "";
    if (!(await this.run(text, () => this.talk.say(text)))) this.text.value = this.text.value || text;
    this.text.focus();
  }

  /** Show what is on its way, then what came of it. */
  async run(text, act) {
    const answer = act();
    this.draw(this.talk.busy ? text : "");
    const done = await answer;
    this.draw();
    return done;
  }

  draw(pending = "") {
    const { talk } = this;
    const last = talk.lines.length - 1;
    const lines = talk.lines.map((line, index) => this.line(line, index === last && !pending));
    if (pending) lines.push(said("visitor", "You", pending), el("li", { class: "desk-note" }, "The bot is working…"));
    if (!lines.length) lines.push(el("li", { class: "desk-note" }, this.options.mayChange ? `${BEGINNING} is changed in your system: only what reads is really called.` : `${BEGINNING} is called in your system.`));
    this.log.replaceChildren(...lines);
    const stale = talk.stale ? "The draft was changed since this conversation began. Restart to try it from the beginning." : "";
    this.notice.textContent = talk.wrong || stale;
    this.notice.classList.toggle("desk-wrong", Boolean(talk.wrong));
    this.warning.hidden = !talk.settings.real;
    this.send.disabled = talk.busy;
    const latest = [...this.log.querySelectorAll(".desk-said--visitor")].at(-1);
    this.scroll.scrollTop = latest ? latest.offsetTop - this.scroll.offsetTop - 8 : 0;
  }

  line(line, open) {
    if (line.by === "visitor") return said("visitor", "You", line.text);
    const buttons = (line.choices || []).map((choice) =>
      el("li", {}, open ? el("button", { type: "button", class: "bot-chip", onclick: () => this.run(choice.label, () => this.talk.choose(choice)) }, choice.label) : el("span", { class: "bot-chip" }, choice.label)),
    );
    const sources = (line.citations || []).map(({ title, url }) => el("li", {}, link(url, title)));
    const node = said(
      "bot",
      "Bot",
      line.text,
      sources.length ? el("ul", { class: "desk-cited", "aria-label": "Sources" }, ...sources) : null,
      buttons.length ? el("ul", { class: "bot-try__choices", "aria-label": "Choices" }, ...buttons) : null,
    );
    if (line.handoff) node.append(el("p", { class: "desk-said__foot" }, `A person takes over: ${line.handoff}`));
    node.append(this.how(line, open));
    return node;
  }

  how({ analysis }, open) {
    const body = el("div", { class: "desk-analysis" });
    const details = el("details", { class: "desk-fold", open: open && ROOM.matches }, el("summary", {}, "How the bot got here"), body);
    body.append(...analysisNodes(analysis || {}, (number) => this.talk.said(number)));
    return details;
  }
}

function said(by, who, text, ...more) {
  return el(
    "li",
    { class: `desk-said desk-said--${by}` },
    el("p", { class: "desk-said__who" }, el("b", {}, who)),
    el("div", { class: "desk-said__bubble" }, el("div", { class: "desk-said__text", dir: "auto" }, ...rich(text)), ...more),
  );
}
