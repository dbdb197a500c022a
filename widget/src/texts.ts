/**
 * Every word that the widget itself says: English and Chinese side by side, in one place.
 *
 * `texts` holds the language in use; `speak` chooses it once, when the widget starts. `{n}` and
 * `{name}` are filled in by `fill`.
 */

const WORDS = {
  title: ["Chat with us", "在线咨询"],
  open: ["Open chat", "打开聊天"],
  close: ["Close chat", "关闭聊天"],
  unread: ["{n} unread", "{n} 条未读"],
  greeting: ["Hello! How can we help you?", "您好！请问有什么可以帮您？"],
  placeholder: ["Write a message…", "请输入消息…"],
  send: ["Send", "发送"],
  stop: ["Stop", "停止"],
  human: ["Talk to a person", "转人工客服"],
  end: ["End conversation", "结束对话"],
  fresh: ["New conversation", "新对话"],
  visitor: ["You", "您"],
  bot: ["AI assistant", "AI 助手"],
  operator: ["Team", "客服"],
  joined: ["{name} is here to help", "{name} 正在为您服务"],
  queued: ["You’re waiting for a person", "正在等待人工客服"],
  place: ["number {n} in the queue", "排在第 {n} 位"],
  wait: ["about {n} min", "约 {n} 分钟"],
  back: ["You’re back with the AI assistant", "已转回 AI 助手"],
  closed: ["This conversation has ended", "对话已结束"],
  reopened: ["Open again", "对话已重新开启"],
  cancelled: ["Stopped", "已停止"],
  failed: ["This answer couldn’t be finished", "回答未能完成"],
  expired: ["Your earlier conversation has expired", "之前的对话已过期"],
  typing: ["{name} is typing", "{name} 正在输入"],
  sources: ["Sources", "参考来源"],
  newTab: ["new tab", "新标签页"],
  sending: ["Sending…", "发送中…"],
  waiting: ["Will be sent later", "将稍后发送"],
  notSent: ["Not sent", "未发送"],
  retry: ["Try again", "重试"],
  remove: ["Remove", "删除"],
  newest: ["New messages", "新消息"],
  connecting: ["Connecting…", "正在连接…"],
  reconnecting: ["Reconnecting…", "正在重新连接…"],
  offline: ["You’re offline. Messages will be sent later.", "您已离线，消息将稍后发送。"],
  unreachable: ["We can’t be reached now. Messages will be sent later.", "暂时无法连接，消息将稍后发送。"],
  refused: ["The chat isn’t available on this page.", "此页面无法聊天。"],
  old: ["Please reload the page to chat.", "请刷新页面后再聊天。"],
  replaced: ["Paused: open in too many tabs.", "已暂停：打开的标签页过多。"],
  rate: ["How did we do?", "您对这次服务满意吗？"],
  comment: ["Comment (optional)", "补充说明（选填）"],
  thanks: ["Thank you for your feedback", "感谢您的反馈"],
  today: ["Today", "今天"],
};

export type TextName = keyof typeof WORDS;
export type Language = "en" | "zh-CN";

export const texts = {} as Record<TextName, string>;
/** The language of the interface, as a tag for `lang` attributes and for dates. */
export let lang: Language;

/** Chooses the language for a wish such as `zh-Hans-CN`: Chinese, or else English. */
export function speak(wish: string): Language {
  lang = /^zh\b/i.test(wish) ? "zh-CN" : "en";
  for (const [name, pair] of Object.entries(WORDS)) {
    texts[name as TextName] = pair[lang === "en" ? 0 : 1]!;
  }
  return lang;
}

export const fill = (text: string, n: number | string): string => text.replace(/{\w+}/, () => String(n));
