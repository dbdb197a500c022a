/**
 * Colours that can be read: what is derived from a site's accent colour.
 *
 * Knows WCAG 2.2 relative luminance and contrast. Does not know the style sheet, which gets the
 * results as custom properties.
 */

type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [20, 23, 28];
/** The panel's lightest text background in light mode, and the darkest one's opposite in dark mode. */
const LIGHT_SURFACE: Rgb = [241, 243, 246];
const DARK_SURFACE: Rgb = [39, 43, 51];
const AA = 4.5;

/** `#rgb` or `#rrggbb` to numbers; undefined for anything else, so no text reaches the styles. */
export function parseColour(value: unknown): Rgb | undefined {
  const hex = typeof value === "string" && /^#([\da-f]{3}|[\da-f]{6})$/i.exec(value.trim())?.[1];
  if (!hex) return undefined;
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16)) as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, moved towards black or white until it can be read on the background. */
function readable(colour: Rgb, on: Rgb): Rgb {
  const target: Rgb = luminance(on) > 0.4 ? [0, 0, 0] : WHITE;
  let result = colour;
  for (let step = 1; contrast(result, on) < AA && step <= 20; step++) {
    result = colour.map((value, i) => Math.round(value + ((target[i]! - value) * step) / 20)) as Rgb;
  }
  return result;
}

/** Custom properties for an accent: itself, text upon it, and links on light and on dark. */
export function palette(accent: Rgb): Record<string, string> {
  const css = (colour: Rgb) => `rgb(${colour.join(" ")})`;
  const onAccent = contrast(accent, WHITE) >= AA || contrast(accent, WHITE) >= contrast(accent, INK);
  const text = onAccent ? WHITE : INK;
  return {
    "--k-accent": css(contrast(accent, text) < AA ? readable(accent, text) : accent),
    "--k-on-accent": css(text),
    "--k-link-light": css(readable(accent, LIGHT_SURFACE)),
    "--k-link-dark": css(readable(accent, DARK_SURFACE)),
  };
}
