/** How the widget is bundled: one place for the build, its check and the tests. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const LIMIT = 15_000;

/** Style sheets become strings, minified. */
const cssText = {
  name: "css-text",
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** @param {import("esbuild").BuildOptions} options */
export const bundle = (options) =>
  build({ absWorkingDir: root, bundle: true, charset: "ascii", plugins: [cssText], logLevel: "warning", ...options });

/** The finished file's bytes; the same for the same sources, whatever the machine. */
export async function release() {
  const { outputFiles } = await bundle({
    entryPoints: ["src/index.ts"],
    format: "iife",
    target: ["chrome99", "firefox101", "safari16.4"],
    minifySyntax: true,
    legalComments: "none",
    write: false,
  });
  // esbuild makes the one file; terser's names and inlining take off the last 5 % of its size.
  const { code } = await minify(outputFiles[0].text, {
    compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_getters: true, keep_fargs: false },
    ecma: 2020,
    format: { ascii_only: true, preamble: "/*! Kefu, Apache-2.0 */" },
  });
  return Buffer.from(code + "\n");
}
