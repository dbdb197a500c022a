"""Examples and patterns by which small talk and the wish for a person are recognised.

Data and pure text functions only. Adding a language means adding its phrases here.
"""

from __future__ import annotations

import re
from functools import cache

from backend.words import normalise, terms

from .examples import EXAMPLES

# Whole messages (or beginnings and ends of them). Longer ones are tried first.
EXACT: dict[str, tuple[str, ...]] = {
    "greeting": (
        *("hi", "hello", "hey", "hiya", "hello there", "hi there", "hey there", "good morning"),
        *("good afternoon", "good evening", "good day", "greetings", "morning", "howdy", "yo"),
        *("hi team", "hello team", "dear team", "dear sir or madam", "hi all", "hello again"),
        *("你好", "您好", "嗨", "哈喽", "早上好", "下午好", "晚上好", "在吗", "在么", "有人吗"),
        *("你好啊", "您好啊", "你好呀", "大家好", "早", "早安", "在不在", "有人在吗"),
        *("hi everyone", "hello everyone", "good morning everyone", "heya", "hi folks"),
    ),
    "thanks": (
        *("thanks", "thank you", "thank you very much", "thanks a lot", "many thanks", "thx"),
        *("ty", "cheers", "thanks so much", "thank you so much", "much appreciated", "ta"),
        *("cheers mate", "thanks mate", "thanks guys", "thanks everyone", "thank you all"),
        *("thanks in advance", "thank you in advance", "that helps", "that helped", "appreciated"),
        *(
            "谢谢",
            "多谢",
            "感谢",
            "谢谢你",
            "谢谢您",
            "非常感谢",
            "谢了",
            "谢谢啦",
            "太感谢了",
            "辛苦了",
            "麻烦了",
        ),
    ),
    "goodbye": (
        *("bye", "goodbye", "bye bye", "good bye", "see you", "see ya", "have a nice day"),
        *("good night", "take care", "that's all", "that is all", "that's it", "nothing else"),
        *("see you later", "talk to you later", "speak soon", "have a good day", "cheerio"),
        *("再见", "拜拜", "回头见", "没事了", "没有了", "就这些", "不聊了", "先这样", "那先这样"),
    ),
    "how_are_you": (
        *("how are you", "how are you doing", "how's it going", "what's up", "how do you do"),
        *("how are you today", "how r u", "你好吗", "您好吗", "最近怎么样", "你怎么样"),
    ),
    "who_are_you": (
        *("who are you", "what are you", "are you a bot", "are you a robot", "are you human"),
        *(
            "are you a human",
            "are you real",
            "are you a real person",
            "is this a bot",
            "are you ai",
        ),
        *("am i talking to a bot", "am i talking to a robot", "am i talking to a person"),
        *("am i talking to a human", "am i talking to a real person", "what can you do"),
        *("what can you help me with", "what's your name", "what is your name", "are you an ai"),
        *("你是谁", "您是谁", "你是机器人吗", "你是人吗", "你是真人吗", "你叫什么", "你能做什么"),
        *("你是机器人还是真人", "你是ai吗", "您是机器人吗"),
    ),
    "ack": (
        *("ok", "okay", "great", "perfect", "cool", "got it", "i see", "fine", "all right", "nice"),
        *("alright", "good", "awesome", "brilliant", "lovely", "right", "understood", "excellent"),
        *("好的", "好", "知道了", "明白了", "明白", "了解", "嗯", "嗯嗯", "可以", "行", "没问题"),
    ),
    "yes": (
        *("yes", "yes please", "yeah", "yep", "yup", "sure", "please do", "go ahead", "ok please"),
        *("y", "please", "yes do", "yes thanks", "do it", "ok", "okay", "do that", "go on"),
        *("carry on", "continue", "agreed", "办吧", "弄吧", "开始吧", "继续", "继续吧", "同意"),
        *("就这么办", "就这样办", "就这样", "就这么定", "没意见"),
        *("是", "是的", "好的", "好", "要", "需要", "可以", "行", "麻烦了", "好的谢谢", "嗯"),
    ),
    "no": (
        *("no", "no thanks", "no thank you", "nope", "nah", "not now", "not needed", "no need"),
        *("it's fine", "never mind", "nevermind", "don't bother", "n"),
        *("不", "不用", "不用了", "不要", "不需要", "不用了谢谢", "不用谢谢", "算了", "没事"),
    ),
    "declined": (
        *("wait", "wait please", "wait a moment", "wait a minute", "hold on", "hang on", "not yet"),
        *("one moment", "one moment please", "just a moment", "just a minute", "one second"),
        *("hold on a second", "hang on a minute", "let me think", "maybe later", "later"),
        *("等一下", "等等", "等下", "稍等", "稍等一下", "先等等", "先等一下", "慢着", "我想想"),
        *("我再想想", "我先想想", "以后再说", "晚点再说", "回头再说"),
    ),
    "human": (
        *("human", "person", "agent", "operator", "representative", "real person", "live agent"),
        *("human please", "agent please", "a person please", "a human please", "customer service"),
        *("live chat", "support agent", "talk to a person", "someone real", "customer support"),
        *(
            "人工",
            "人工客服",
            "转人工",
            "转人工客服",
            "真人",
            "客服",
            "找人工",
            "人工服务",
            "接人工",
        ),
        *("活人", "真人客服"),
    ),
}

_WHO = (
    r"(?:human|humans|person|people|agent|operator|representative|rep|advisor|adviser|someone|"
    r"somebody|manager|supervisor|employee|colleague|member of staff|staff|support team|"
    r"customer (?:service|support|care)|your team|assistant|live (?:agent|chat|support|person))"
)
_ADJ = r"(?:a |an |the |your |some |any |one of your |actual |real |live |human |proper |living )*"
HUMAN_WISH = re.compile(
    rf"\b(?:speak|speaking|talk|talking|chat|chatting|spk|tlk|connect me|put me through|"
    rf"transfer me|hand me over|pass me|escalate)\s+(?:directly\s+|now\s+)?(?:on\s+)?(?:to|with|over to)?\s*"  # noqa: E501
    rf"{_ADJ}{_WHO}\b"
    rf"|\b(?:want|need|get me|give me|get|prefer|demand|require|like)\s+(?:to have\s+)?"
    rf"(?:a|an|the|some|any)\s+(?:actual |real |live |human |proper |living )*"
    rf"(?:human|person|human being|agent|operator|representative|advisor|adviser)\b"
    rf"(?!\s+(?:who|to (?:help|measure|fit)|at|in|for))"
    rf"|\b(?:real|actual|live|human) (?:person|human|agent|being|operator|advisor)\b[^?]*\bplease\b"
    rf"|\bno(?:t)? (?:more )?(?:a )?(?:bot|robot|machine)s?\b"
    rf"|\b(?:do not|don't|dont|rather not|not) (?:want|like|wish) (?:to )?(?:talk|speak|chat)\w* "
    rf"(?:to|with) (?:a |this |your )?(?:bot|chatbot|robot|machine|computer|ai)\b"
    rf"|\b(?:stop|hate|sick of|tired of|instead of)\b.{{0,30}}\b(?:bot|robot|machine|ai)\b"
    rf"|\b(?:is there|isn't there|can i have|could i have)\s+(?:a|an|any)?\s*"
    rf"(?:actual |real |live )*(?:human|person|one|body|agent|operator)\b.{{0,12}}"
    rf"(?:i can|to|i could)\s+(?:talk|speak|chat)"
)
HUMAN_WISH_ZH = re.compile(
    r"(?:转|接|找|要|叫|换|联系|想跟|想和|帮我)[^，。？！,.?!]{0,6}(?:人工|真人|活人|客服人员|人工客服)"
    r"|(?:不要|不想|别)[^，。？！,.?!]{0,6}(?:机器人|自动回复|ai)"
    r"|(?:和|跟|与)(?:一个)?(?:真人|人工|客服|工作人员|活人|你们的人)[^，。？！,.?!]{0,4}(?:说|聊|谈|沟通|通话|对话)"
    r"|(?:有没有|有)(?:人工|真人)(?:客服|服务)?"
)
_NOT_WISHED = re.compile(
    r"\b(?:don't|do not|dont|no) (?:want|need|have|wish)?\s*(?:to )?(?:speak|talk|chat)?"
    r"\s*(?:for |to |with )?(?:a |any )?(?:human|person|agent|operator|representative|someone)\b"
    r"|不(?:需要|用|想要?|要)(?:转|找)?人工"
)
_ANGER = re.compile(
    r"\b(?:useless|ridiculous|terrible|awful|disgusting|pathetic|worst|scam|fraud|furious|angry|"
    r"rubbish|garbage|stupid|idiots?|joke|unacceptable|disgraceful|wtf|ffs|damn|crap|shit|"
    r"fuck\w*|bloody|fed up|sick of|waste of (?:my )?time|appalling|outrageous|shambles)\b"
    r"|垃圾|骗子|气死|太差|差劲|投诉|坑人|什么玩意|无语|忽悠|滚|废物|恶心|烂"
)
_EDGE = r"[\s,.!?;:，。！？、；：~～…\-—()'\"“”*]*"
_NOISE = re.compile(r"[^\w\s']+|_", re.UNICODE)


def bare(text: str) -> str:
    """The text without punctuation and emoji, in lower case, with single spaces."""
    return " ".join(_NOISE.sub(" ", normalise(text)).split())


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for kind, phrases in EXACT.items():
        for phrase in phrases:
            found.setdefault(bare(phrase), []).append(kind)
    return {phrase: tuple(kinds) for phrase, kinds in found.items()}


_KINDS = _table()
_PEELED = sorted(
    {p for kind in ("greeting", "thanks", "goodbye") for p in EXACT[kind]}, key=len, reverse=True
)
_TOLD = [*_PEELED, *EXACT["declined"]]
_PEEL = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in _PEELED)
_ANY = "|".join(re.escape(p) for p in sorted(_KINDS, key=len, reverse=True))
_ONLY_PHRASES = re.compile(rf"(?:(?:{_ANY})(?![a-z0-9])\s*)+")
_LATIN_END = r"(?![A-Za-z0-9])"
_TAIL = 80  # characters looked at on each end: no phrase is longer, and edges may be endless
_START = re.compile(rf"^{_EDGE}(?:{_PEEL}){_LATIN_END}{_EDGE}", re.I)
_END = re.compile(rf"{_EDGE}(?<![A-Za-z0-9])(?:{_PEEL}){_EDGE}$", re.I)


def kinds(text: str) -> tuple[str, ...]:
    """The kinds of which the text, punctuation aside, is an example word for word."""
    return _KINDS.get(bare(text), ())


def small_talk(text: str) -> str:
    """The kind of small talk that the text is and nothing more (“ok thanks bye”), or ''."""
    plain = bare(text)
    if not plain or len(plain) > 60 or not _ONLY_PHRASES.fullmatch(plain):
        return ""
    found = kinds(text) or tuple(k for phrase in _TOLD if phrase in plain for k in kinds(phrase))
    told = [kind for kind in found if kind not in ("yes", "no", "human")]
    return "" if "human" in found else (told[0] if told else "ack")


def peel(text: str) -> tuple[str, tuple[str, ...]]:
    """Take greetings and thanks off both ends; returns what is left and the kinds taken off.

    A phrase comes off only where a stop, a comma or the end follows, or a greeting begins the
    text, so that “thanks for the boots” and “good morning” inside a sentence stay.
    """
    taken: list[str] = []
    text = text.strip()
    for _ in range(4):
        start = max(len(text) - _TAIL, 0)
        match = _START.match(text[:_TAIL])
        at = (match.start(), match.end()) if match else (0, 0)
        if not match:
            match = _END.search(text[start:])
            at = (start + match.start(), start + match.end()) if match else (0, 0)
        if not match or not match.group().strip():
            break
        found = kinds(match.group())
        glued = _glued(match.group(), at, text)
        if not found or (glued and "greeting" not in found):
            break
        taken.append(found[0])
        text = (text[: at[0]] + text[at[1] :]).strip()
    return text, tuple(taken)


def _glued(phrase: str, at: tuple[int, int], text: str) -> bool:
    """Whether the phrase runs on into the rest without any punctuation between."""
    if phrase == text:
        return False
    edge = phrase[-2:] if at[0] == 0 else phrase[:2]
    return not re.search(r"[,.!?;:，。！？、；：~～…\n—-]", edge)


@cache
def _talk_terms() -> frozenset[str]:
    said = [p for found in EXACT.values() for p in found]
    said += [
        p for kind, found in EXAMPLES.items() if kind not in ("service", "working") for p in found
    ]
    return frozenset(term for phrase in said for term in terms(phrase))


def of_talk(text: str, share: float = 0.5) -> bool:
    """Whether so much of the telling words are those of small talk or asking for people."""
    told = terms(text)
    return sum(term in _talk_terms() for term in told) >= share * len(told)


def wants_human(text: str) -> bool:
    """Whether the words ask for a person, in one of the ways that need no model to tell."""
    plain = normalise(text)
    if _NOT_WISHED.search(plain):
        return False
    asked = HUMAN_WISH.search(plain) or HUMAN_WISH_ZH.search(plain)
    return bool(asked) or "human" in kinds(peel(text)[0])


def sounds_angry(text: str) -> bool:
    letters = [char for char in text if char.isalpha() and char.isascii()]
    shouting = len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
    return shouting or bool(_ANGER.search(normalise(text))) or bool(re.search(r"[!！]{3,}", text))
