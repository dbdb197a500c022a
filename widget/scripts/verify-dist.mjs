/** Fails where dist/ is not what the sources build, or is larger than was promised. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LIMIT, release, root } from "./bundle.mjs";

const read = (name) => readFile(join(root, name)).catch(() => Buffer.alloc(0));
const problems = [];
const fresh = await release();
if (!fresh.equals(await read("dist/kefu.js"))) problems.push("dist/kefu.js is not what src/ builds");
if (!(await read("src/kefu.d.ts")).equals(await read("dist/kefu.d.ts"))) {
  problems.push("dist/kefu.d.ts differs from src/kefu.d.ts");
}
const size = gzipSync(fresh, { level: 9 }).length;
if (size > LIMIT) problems.push(`kefu.js is ${size} bytes gzipped, over the limit of ${LIMIT}`);
for (const problem of problems) console.error(`${problem}: run "npm run build" in widget/ and commit dist/.`);
if (problems.length) process.exit(1);
console.log(`dist is up to date: ${size} of ${LIMIT} bytes gzipped`);
