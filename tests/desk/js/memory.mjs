// A browser's storage, in memory; `full` refuses to keep anything.

export function memory({ full = false } = {}) {
  const kept = new Map();
  return {
    get length() { return kept.size; },
    key: (index) => [...kept.keys()][index],
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => {
      if (full) throw new Error("quota");
      kept.set(key, value);
    },
    removeItem: (key) => kept.delete(key),
  };
}
