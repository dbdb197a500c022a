// Telling an operator that somebody new waits for a person: the tab's title, a sound, a desktop
// notification. The last two are off until somebody turns them on, in this browser.

import { byId } from "./dom.js";

/** The ids that wait after a `changed` frame, and whether this one has just begun to. Pure. */
export function waitingAfter(waiting, frame) {
  const waits = frame.status === "open" && frame.owner === "queue";
  if (waits === waiting.has(frame.conversation)) return { waiting, isNew: false };
  const after = new Set(waiting);
  if (waits) after.add(frame.conversation);
  else after.delete(frame.conversation);
  return { waiting: after, isNew: waits };
}

/** The page's title with how many wait. Pure. */
export function badged(title, count) {
  return count ? `(${count}) ${title}` : title;
}

const KEY = "kefu.desk.alerts";
const ICONS = {
  sound: ["notifications_active", "notifications_off"],
  desktop: ["desktop_windows", "desktop_access_disabled"],
};

export class Alerts {
  constructor(data, storage = globalThis.localStorage) {
    this.waiting = new Set(data.waiting);
    this.list = data.list;
    this.storage = storage;
    this.title = document.title.trim();
    this.wanted = this.#load();
    this.#retitle();
    this.#toggles();
  }

  summary(frame) {
    const { waiting, isNew } = waitingAfter(this.waiting, frame);
    this.waiting = waiting;
    this.#retitle();
    if (!isNew) return;
    if (this.wanted.sound) this.#ring();
    if (this.wanted.desktop) this.#notify(frame);
  }

  /** Who waits according to the server, after frames may have been missed. */
  sync(ids) {
    const isNew = ids.some((id) => !this.waiting.has(id));
    this.waiting = new Set(ids);
    this.#retitle();
    if (isNew && this.wanted.sound) this.#ring();
  }

  #retitle() {
    const count = this.waiting.size;
    document.title = badged(this.title, count);
    const badge = document.querySelector(`#nav-sidebar-apps a[href="${this.list}"]`)?.children[2];
    if (badge) badge.textContent = count || "";
  }

  #load() {
    try {
      return JSON.parse(this.storage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  }

  #toggles() {
    const box = byId("desk-alerts");
    if (!box) return;
    box.hidden = false;
    for (const button of box.querySelectorAll("[data-alert]")) {
      const name = button.dataset.alert;
      if (name === "desktop" && !("Notification" in window)) button.hidden = true;
      button.addEventListener("click", () => this.#toggle(name, button));
      this.#show(name, button);
    }
  }

  async #toggle(name, button) {
    let on = !this.wanted[name];
    if (name === "desktop" && on) on = (await Notification.requestPermission()) === "granted";
    this.wanted = { ...this.wanted, [name]: on };
    try {
      this.storage.setItem(KEY, JSON.stringify(this.wanted));
    } catch {
      // It holds for as long as this page is open.
    }
    if (name === "sound" && on) this.#ring(); // so that one knows it, and the browser allows it
    this.#show(name, button);
  }

  #show(name, button) {
    const on = Boolean(this.wanted[name]);
    button.setAttribute("aria-pressed", String(on));
    button.firstElementChild.textContent = ICONS[name][on ? 0 : 1];
  }

  /** Two soft notes, made here, so that no sound file has to be fetched. */
  #ring() {
    try {
      this.audio = this.audio || new AudioContext();
      [660, 880].forEach((pitch, index) => this.#note(pitch, this.audio.currentTime + index * 0.18));
    } catch {
      // No sound device, or the browser wants a click on the page first.
    }
  }

  #note(pitch, at) {
    const tone = this.audio.createOscillator();
    const volume = this.audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
    tone.connect(volume).connect(this.audio.destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }

  #notify(frame) {
    if (Notification.permission !== "granted") return;
    const note = new Notification(`${frame.visitor} is waiting`, {
      body: frame.preview,
      tag: frame.conversation,
    });
    note.onclick = () => {
      window.focus();
      location.href = `${this.list}${frame.conversation}/change/`;
    };
  }
}
