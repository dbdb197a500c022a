// Names of pieces, as the server makes them from titles. Pure.

/** A name made from a title: `Return an item` → `return_an_item`; may be empty. */
export function suggestedName(title) {
  const words = title.toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) || [];
  return words.join("_").replace(/^[0-9_]+/, "").slice(0, 60).replace(/_+$/, "");
}

/** An expression for codes that look like the example: `NT-10234` → `NT-\d{5}`. */
export function patternLike(example) {
  return example
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\d+/g, (digits) => (digits.length > 1 ? `\\d{${digits.length}}` : "\\d"));
}
