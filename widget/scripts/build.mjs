/** Writes dist/: the widget in one file, and the types of its public API. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { release, root } from "./bundle.mjs";

const bytes = await release();
await mkdir(join(root, "dist"), { recursive: true });
await writeFile(join(root, "dist/kefu.js"), bytes);
await copyFile(join(root, "src/kefu.d.ts"), join(root, "dist/kefu.d.ts"));
console.log(`dist/kefu.js: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
