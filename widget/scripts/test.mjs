/** Bundles the tests and runs them with Node's own runner; words after `--` choose files by name. */
import { spawnSync } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundle, root } from "./bundle.mjs";

const out = join(root, "node_modules/.kefu-tests");
const wanted = process.argv.slice(2);
const all = (await readdir(join(root, "test"))).filter((name) => name.endsWith(".test.ts"));
const names = all.filter((name) => !wanted.length || wanted.some((word) => name.includes(word)));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await bundle({
  entryPoints: names.map((name) => join("test", name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["happy-dom"],
  sourcemap: "inline",
  define: { "process.env.WIDGET_ROOT": JSON.stringify(root) },
});
const files = names.map((name) => join(out, name.replace(/ts$/, "mjs")));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], {
  stdio: "inherit",
  env: { ...process.env, TZ: "Asia/Shanghai" }, // not the machine's own, which may be UTC
});
process.exit(run.status ?? 1);
