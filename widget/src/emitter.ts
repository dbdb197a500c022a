/** Listeners of a page. What they throw is reported in the console and goes no further. */

export function createEmitter<Events extends object>() {
  type Fn = (detail: never) => void;
  let listeners: { event: keyof Events; fn: Fn }[] = [];

  function call<T>(fn: (detail: T) => void, detail: T): void {
    try {
      fn(detail);
    } catch (error) {
      console.error("Kefu:", error);
    }
  }

  return {
    call,
    on<E extends keyof Events>(event: E, fn: (detail: Events[E]) => void): () => void {
      const entry = { event, fn: fn as Fn };
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((one) => one !== entry);
      };
    },
    emit<E extends keyof Events>(event: E, detail: Events[E]): void {
      for (const entry of listeners) if (entry.event === event) call(entry.fn as (d: Events[E]) => void, detail);
    },
    clear: () => {
      listeners = [];
    },
  };
}
