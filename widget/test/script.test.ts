/** What only the built file has: its own start on a page, and its limits. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { Kefu } from "../src/kefu";
import { built, evaluate, FakeSocket, page, start, tag } from "./browser";

describe("the script tag", () => {
  beforeEach(() => start());

  it("is found where a page hides it, loads once, and may be loaded again after destroy", () => {
    page.document.body.innerHTML = tag();
    evaluate();
    const first = window.Kefu as Kefu;
    evaluate();
    assert.equal(window.Kefu, first);
    assert.equal(document.querySelectorAll("[data-kefu]").length, 1);
    first.destroy();
    evaluate();
    assert.ok(window.Kefu && window.Kefu !== first);
  });
  it("calls what the page has queued, says that it is ready, and asks its own host", () => {
    page.document.body.innerHTML = tag();
    const heard: unknown[] = [];
    (window as { Kefu?: unknown }).Kefu = [(kefu: Kefu) => heard.push(kefu)];
    page.addEventListener("kefu:ready", (event) => heard.push((event as unknown as CustomEvent).detail));
    evaluate();
    const kefu = window.Kefu as Kefu;
    assert.deepEqual(heard, [kefu, kefu]);
    kefu.open();
    assert.equal(FakeSocket.last.url, "wss://chat.example/ws/chat/");
  });
  it("without a site key says so in the console, and the page goes on", (test) => {
    const errors = test.mock.method(console, "error", () => {});
    page.document.body.innerHTML = tag().replace('"demo"', '""');
    assert.doesNotThrow(evaluate);
    assert.match(String(errors.mock.calls[0]?.arguments[1]), /data-site/);
    assert.equal(window.Kefu, undefined);
  });
});

describe("the built file", () => {
  it("is at most 15 kB gzipped, plain ASCII, and never evaluates or parses markup", () => {
    assert.ok(gzipSync(built, { level: 9 }).length <= 15_000);
    assert.match(built, /^[\x00-\x7f]*$/);
    assert.doesNotMatch(built, /\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|setAttribute\("style"/);
  });
});
