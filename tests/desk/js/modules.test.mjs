import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const folder = fileURLToPath(new URL("../../../backend/desk/static/desk/", import.meta.url));
const modules = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
const source = (name) => readFileSync(folder + name, "utf8");

for (const name of modules) {
  test(`${name} can be read as a module`, () => {
    const found = spawnSync(process.execPath, ["--check", "--input-type=module"], { input: source(name) });
    assert.equal(found.status, 0, String(found.stderr));
  });

  test(`${name} makes no markup or code from text`, () => {
    const bad = /\.(innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|document\.write|\beval\(|new Function|\.setHTML/;
    assert.doesNotMatch(source(name), bad);
  });

  test(`${name} imports only what is there`, () => {
    for (const [, names, from] of source(name).matchAll(/import \{([^}]+)\} from "(\.[^"]+)"/g)) {
      const exported = source(join(dirname(name), from));
      for (const one of names.split(",").map((word) => word.trim().split(" as ")[0]).filter(Boolean)) {
        assert.match(exported, new RegExp(`export (async )?(function|const|class) ${one}\\b`), `${one} of ${from}`);
      }
    }
  });

  test(`${name} is short enough to be read in one go`, () => {
    assert.ok(source(name).split("\n").length <= 300);
  });
}
