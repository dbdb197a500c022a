/** Types of `window.Kefu`, the public API of the Kefu chat widget. */

export interface KefuMessage {
  /** Place in the conversation: 1, 2, 3 … */
  seq: number;
  id: string;
  by: { kind: "visitor" | "bot" | "operator" | "system"; name?: string };
  /** Plain text or the small Markdown subset; never HTML. */
  text: string;
  /** UTC, ISO 8601. */
  at: string;
}

export interface KefuEvents {
  /** The widget is on the page. A function added later is called as well. */
  ready: undefined;
  /** The panel was opened or closed. */
  open: undefined;
  close: undefined;
  /** A message was committed while the page was open, by anyone, the visitor included. */
  message: KefuMessage;
  /** How many messages the visitor has not seen. */
  unread: { count: number };
  /** Who speaks with the visitor now. */
  owner: { owner: "bot" | "queue" | "operator"; name?: string };
  /** A protocol error code, or why the chat has stopped: `refused`, `old` or `replaced`. */
  error: { code: string; detail?: string };
}

export interface Kefu {
  open(): void;
  close(): void;
  toggle(): void;
  /** A JWT that your own server signed with the site's identity secret. It is never stored. */
  identify(jwt: string): void;
  /** Calls `fn` on each such event. Returns a function that ends this. */
  on<E extends keyof KefuEvents>(event: E, fn: (detail: KefuEvents[E]) => void): () => void;
  /** Sends a message as the visitor. False if it is empty or too long. */
  send(text: string): boolean;
  /** Removes the widget with all its nodes, timers, listeners and its socket. */
  destroy(): void;
  /** Calls `fn` with this object: see `Window.Kefu`. */
  push(fn: (kefu: Kefu) => void): void;
}

declare global {
  interface Window {
    /**
     * Before the script has loaded this may be an array of functions, which are called with the
     * API when it is there: `(window.Kefu ||= []).push((kefu) => kefu.identify(jwt))`.
     */
    Kefu?: Kefu | ((kefu: Kefu) => void)[];
  }
  interface WindowEventMap {
    /** Sent on `window` once the API is there; `detail` is the API. */
    "kefu:ready": CustomEvent<Kefu>;
  }
}
