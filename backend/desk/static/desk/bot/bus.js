// What one part of the editor tells the others: the slots in hand, and what an action gives.

const bus = new EventTarget();
const known = { slots: null, results: [], sample: null };

/** Tell everybody that `name` is `value` now. */
export function tell(name, value) {
  known[name] = value;
  bus.dispatchEvent(new Event(name));
}

/** Call `then(value)` now and whenever `name` changes. */
export function follow(name, then) {
  bus.addEventListener(name, () => then(known[name]));
  if (known[name] !== null) then(known[name]);
}

export function last(name) {
  return known[name];
}
