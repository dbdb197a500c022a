/** A client on a fake connection, for the tests of what lies between the wire and the screen. */
import { createClient } from "../src/client";
import type { ChatEvent } from "../src/protocol";
import { FakeSocket } from "./browser";

export const URL_ = "wss://chat.example/ws/chat/";
export const client = () => createClient("demo", URL_, "en-GB", () => {});
export const message = (seq: number, kind: "visitor" | "bot", cid?: string): ChatEvent =>
  ({ seq, kind: "message", at: "2026-03-05T09:15:30.123Z", by: { kind }, body: { message: "m" + seq, text: "text", cid } });
/** A client that is connected and has sent one message. */
export function talking() {
  const one = client();
  one.open();
  FakeSocket.last.live();
  one.send("hello");
  return { one, socket: FakeSocket.last, cid: FakeSocket.last.of("send")[0]!.cid };
}
