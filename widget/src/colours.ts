/**
 * A site's accent colour, and a text colour that can be read upon it.
 *
 * Only the accent's own surfaces (launcher, visitor's bubbles, buttons) use it; all other text has
 * fixed colours, so no accent can make anything unreadable.
 */

/**
 * [accent, text upon it], or nothing for what is not `#rgb` or `#rrggbb`.
 *
 * By WCAG 2.2's relative luminance (without the linear part of the sRGB curve, which moves it by
 * less than 0.001). At 0.179 black and white contrast alike, each with 4.58 to 1, so the better
 * of the two is always above AA's 4.5.
 */
export function palette(value: unknown): [] | [string, string] {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(String(value))?.[1];
  if (!hex) return [];
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const part = (at: number) => ((parseInt(full.slice(at, at + 2), 16) / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = 0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4);
  return ["#" + full, luminance > 0.179 ? "#000" : "#fff"];
}
