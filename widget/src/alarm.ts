/** One timer that is set again, or put off, as often as need be. */

/** Milliseconds from now set it, replacing what was set before; nothing puts it off. */
export type Alarm = (ms?: number) => void;

export function alarm(ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (ms) => {
    clearTimeout(timer);
    if (ms !== undefined) timer = setTimeout(ring, ms);
  };
}
