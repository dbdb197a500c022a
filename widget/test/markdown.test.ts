import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseBlocks, parseInline, safeUrl, type Block, type Inline } from "../src/markdown";

const plain = (part: Inline): string => ("text" in part ? part.text : part.children.map(plain).join(""));
const words = (block: Block): string =>
  block.kind === "pre" ? block.text
    : block.kind === "p" ? block.children.map(plain).join("")
      : block.items.map((item) => item.map(plain).join("")).join("\n");
const text = (text: string): Inline => ({ kind: "text", text });
const hrefs = (source: string): string[] =>
  parseInline(source).flatMap((part) => (part.kind === "link" ? [part.href] : []));

describe("blocks", () => {
  it("are paragraphs, lists of both kinds and code", () => {
    const blocks = parseBlocks("One\ntwo\n\n- a\n- b\n  more\n\n3. c\n4) d\n\n```js\nlet x = **1**;\n\n```\nend");
    assert.deepEqual(blocks, [
      { kind: "p", children: [text("One\ntwo")] },
      { kind: "list", start: undefined, items: [[text("a")], [text("b\nmore")]] },
      { kind: "list", start: 3, items: [[text("c")], [text("d")]] },
      { kind: "pre", text: "let x = **1**;\n" },
      { kind: "p", children: [text("end")] },
    ]);
  });
  it("lose the marks of a heading, which is not in the subset", () => {
    assert.deepEqual(parseBlocks("## Returns"), [{ kind: "p", children: [text("Returns")] }]);
  });
  it("show code that is never closed as code", () => {
    assert.deepEqual(parseBlocks("```\nhalf"), [{ kind: "pre", text: "half" }]);
  });
  it("read a list that follows its sentence without an empty line", () => {
    assert.deepEqual(parseBlocks("Steps:\n1. a").map(({ kind }) => kind), ["p", "list"]);
  });
});

describe("inline", () => {
  it("knows bold, code and links, also inside each other", () => {
    assert.deepEqual(parseInline("a **b `c`** [**d**](https://x.example/e)"), [
      text("a "),
      { kind: "bold", children: [text("b "), { kind: "code", text: "c" }] },
      text(" "),
      { kind: "link", href: "https://x.example/e", children: [{ kind: "bold", children: [text("d")] }] },
    ]);
  });
  it("links to the web and to mail, and to nothing else", () => {
    assert.deepEqual(hrefs("[a](http://a.example) [b](https://b.example/x_(y)) [c](mailto:c@d.example)"), [
      "http://a.example/", "https://b.example/x_(y)", "mailto:c@d.example",
    ]);
    for (const url of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc", "/help", "//evil.example", "java\tscript:x"]) {
      assert.deepEqual(hrefs(`[x](${url})`), [], url);
      assert.ok(plain({ kind: "bold", children: parseInline(`[x](${url})`) }).includes("x"));
    }
  });
  it("finds a bare address and leaves the sentence's punctuation outside, Chinese too", () => {
    assert.deepEqual(hrefs("See https://a.example/b?c=1. Or (https://d.example)!"), ["https://a.example/b?c=1", "https://d.example/"]);
    assert.deepEqual(hrefs("请见https://a.example/帮助。"), ["https://a.example/"]);
  });
  it("leaves HTML, lone marks and arithmetic as they are", () => {
    for (const source of ["<img src=x onerror=alert(1)>", "2 * 3 * 4", "2 ** 3", "a_b_c", "[1]", "snake__case__"]) {
      assert.deepEqual(parseInline(source), [text(source)]);
    }
  });
  it("resolves a relative address only where a base is given", () => {
    assert.equal(safeUrl("/help", "https://chat.example"), "https://chat.example/help");
    assert.equal(safeUrl("javascript:x", "https://chat.example"), undefined);
  });
});

describe("a text that is still being written", () => {
  const answer = "You can **return** `NT-1` via [Your orders](https://s.example/o):\n\n1. Pack **it**\n2. Post it\n\n```\ncode\n```";
  it("never shows a mark that will vanish, wherever it is cut", () => {
    for (let end = 0; end <= answer.length; end++) {
      const shown = parseBlocks(answer.slice(0, end), true).map(words).join("\n");
      assert.doesNotMatch(shown, /\*|`(?!``)|\]\(/, JSON.stringify(answer.slice(0, end)));
    }
  });
  it("never shows more than its source", () => {
    const pieces = ["**", "*", "`", "[", "](", ")", "a", " ", "\n", "- ", "1. ", "```", "http://x.y", "好"];
    let seed = 7;
    for (let round = 0; round < 3000; round++) {
      let source = "";
      for (let i = 0; i < 12; i++) {
        seed = (seed * 1103515245 + 12345) % 2 ** 31;
        source += pieces[seed % pieces.length];
      }
      for (const partial of [true, false]) {
        const shown = parseBlocks(source, partial).map(words).join("").replace(/\s/g, "");
        const left = [...source.replace(/\s/g, "")];
        for (const char of shown) {
          const at = left.indexOf(char);
          assert.ok(at >= 0, `${JSON.stringify(source)} gives ${JSON.stringify(shown)}`);
          left.splice(at, 1);
        }
      }
    }
  });
  it("is read in no time, whatever it is", () => {
    const begun = performance.now();
    for (const piece of ["*", "`", "[", "**a", "[a](", "1. ", "- a\n", "(", "https://a.b)", "` ", "_"]) {
      const source = piece.repeat(Math.ceil(8000 / piece.length));
      parseBlocks(source, true);
      parseBlocks(source);
    }
    assert.ok(performance.now() - begun < 3000);
  });
});
