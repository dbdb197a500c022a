/**
 * The widget on a page: launcher, panel, announcements and the public API.
 *
 * Knows how the parts hang together and what a page may call. No error of ours, and none of a
 * page's own listeners, gets out of here.
 */
import { alarm } from "./alarm";
import { createClient, type Frame } from "./client";
import { palette } from "./colours";
import { createEmitter } from "./emitter";
import type { Kefu, KefuEvents } from "./kefu";
import type { ChatEvent } from "./protocol";
import { eventRow } from "./rows";
import { stopped, type State } from "./store";
import { fill, speak, texts } from "./texts";
import { button, h, icon, say, set } from "./ui/dom";
import { createHost } from "./ui/host";
import { createPanel } from "./ui/panel";

/** Frames come faster than eyes: at most this often is drawn, in ms. */
const FRAME = 32;
/** The page comes first: only then does a returning visitor's chat connect. */
const LAZY = 1_200;

export interface WidgetOptions {
  site: string;
  /** The server's address: https://host */
  origin: string;
  locale: string;
  accent?: string;
  /** Called once the widget is destroyed. */
  gone(): void;
}

export function createWidget({ site, origin, locale, accent, gone }: WidgetOptions): Kefu {
  const { host, root } = createHost(speak(locale));
  const emitter = createEmitter<KefuEvents>();
  const { emit } = emitter;
  const covering = matchMedia("(max-width: 480px), (max-height: 480px)");
  const client = createClient(site, origin.replace(/^http/, "ws") + "/ws/chat/", locale, changed);
  const draw = alarm(render);
  const wake = alarm(client.open);
  let drawing = false;
  let before: Element | null = null;
  let unread = 0;

  const badge = h("span.badge");
  const launcher = button("launcher", toggle, icon("chat"), icon("down"), badge);
  const live = h("div.announcer", { class: "vh", role: "status" });
  const panel = createPanel(client, origin, close);
  root.append(launcher, panel.node, live);

  function changed(state: State, old: State, frame: Frame): void {
    if (frame.type === "welcome") paint(accent ?? state.site.colours?.accent);
    if (frame.type === "error") emit("error", { code: frame.code, detail: frame.detail });
    const code = state.link !== old.link && stopped(state.link);
    if (code) emit("error", { code });
    if (state.owner !== old.owner || state.operator !== old.operator) {
      emit("owner", { owner: state.owner, name: state.operator });
    }
    if (old.link === "live") state.events.slice(old.events.length).forEach((event) => announce(event, old));
    if (!drawing) draw(FRAME);
    drawing = true;
  }

  function style(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) root.style.setProperty(name, value);
  }

  function paint(colour: unknown): void {
    const [fill, on] = palette(colour);
    if (fill) style({ "--accent": fill, "--on": on! });
  }

  function announce(event: ChatEvent, old: State): void {
    if (event.kind === "message") {
      const { seq, at, by, body } = event;
      emit("message", { seq, at, by, id: body.message, text: body.text });
    }
    const row = event.by.kind !== "visitor" && eventRow(event, old.owner);
    if (!row) return;
    // The marks of Markdown are not for the ear.
    const text = row.text.replace(/\*\*|`|\[([^\]]+)\]\(\S+\)/g, "$1");
    // A node for each, so that two that come together are both read.
    live.append(h("p", {}, row.by ? `${row.name}: ${text}` : text));
    if (live.childNodes.length > 4) live.firstChild!.remove();
  }

  function render(): void {
    draw();
    drawing = false;
    const { open } = panel.node;
    if (open) {
      panel.render();
      if (!document.hidden) client.seen();
    }
    const count = client.unread();
    if (count !== unread) emit("unread", { count });
    unread = count;
    badge.hidden = open || !count;
    say(badge, count > 99 ? "99+" : String(count));
    const label = open ? texts.close : count ? `${texts.open}, ${fill(texts.unread, count)}` : texts.open;
    set(launcher, { "aria-expanded": String(open), "aria-label": label });
    set(root, { "data-open": open });
  }

  function open(): void {
    if (panel.node.open) return;
    before = document.activeElement;
    fit();
    panel.show(covering.matches);
    // A modal dialog silences all that is not in it; a closed one, all that is.
    panel.node.append(live);
    client.open();
    render();
    emit("open", undefined);
  }

  function close(): void {
    // The dialog says so as well, whoever closed it.
    if (!root.hasAttribute("data-open")) return;
    root.removeAttribute("data-open");
    const had = host.shadowRoot!.activeElement;
    panel.node.close();
    root.append(live);
    render();
    if (had) giveBackFocus();
    emit("close", undefined);
  }

  function giveBackFocus(): void {
    const ours = !before || before === host || before === document.body || !before.isConnected;
    (ours ? launcher : (before as HTMLElement)).focus();
  }

  function toggle(): void {
    if (panel.node.open) close();
    else open();
  }

  /** Full screen the panel is as high as what the on-screen keyboard leaves. */
  function fit(): void {
    const view = window.visualViewport;
    if (view && view.scale < 1.01) style({ "--height": view.height + "px", "--top": view.offsetTop + "px" });
  }

  const resized = () => {
    if (panel.node.open) panel.show(covering.matches);
  };
  const watched: [EventTarget | null, string, () => void][] = [
    [window.visualViewport, "resize", fit],
    [window.visualViewport, "scroll", fit],
    [covering, "change", resized],
    [document, "visibilitychange", render],
  ];
  for (const [target, type, fn] of watched) target?.addEventListener(type, fn);
  paint(accent);
  render();
  if (client.used()) wake(LAZY);

  const api: Kefu = {
    open,
    close,
    toggle,
    identify: client.identify,
    on(event, fn) {
      const off = emitter.on(event, fn);
      if (event === "ready") setTimeout(() => emitter.call(fn as () => void, undefined));
      return off;
    },
    send: (text) => client.send(String(text)),
    destroy() {
      for (const [target, type, fn] of watched) target?.removeEventListener(type, fn);
      emitter.clear();
      client.destroy();
      panel.destroy();
      draw();
      wake();
      host.remove();
      if (window.Kefu === api) delete window.Kefu;
      gone();
    },
    push: (fn) => emitter.call(fn, api),
  };
  return api;
}
