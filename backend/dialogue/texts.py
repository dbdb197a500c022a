"""Everything the bot says in words of its own, in each language it speaks.

Fields in braces are filled by :func:`say`. A language without texts is spoken to in English.
"""

from __future__ import annotations

from .language import DEFAULT
from .types import Choice

HUMAN, NO = "human", "no"

_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "greeting": "Hello! What can I help you with?",
        "thanks": "You're welcome. Is there anything else I can help with?",
        "goodbye": "Goodbye, and thank you for getting in touch.",
        "how_are_you": "I'm working well, thank you. What can I help you with?",
        "who_are_you": "I'm an automated assistant. I answer from our help pages, and I can get "
        "a person for you whenever you like.",
        "who_are_you_company": "I'm the automated assistant of {company}. I answer from our help "
        "pages, and I can get a person for you whenever you like.",
        "ack": "Good. Is there anything else I can help with?",
        "human": "I'll get a person for you. They will see what you have written here, so you "
        "don't have to repeat it.",
        "declined": "All right. Ask me anything else whenever you like.",
        "unclear": "I didn't get a question there. What can I help you with?",
        "refusal": "I can't find that in our help pages. Shall I get a person?",
        "refusal_again": "I can't find that either, and I don't want to keep you going round in "
        "circles. Let me get a person for you: just press the button below.",
        "refusal_angry": "I'm sorry, this is not going well, and I can't find the answer in our "
        "help pages. A person can sort it out: just press the button below.",
        "sorry": "I'm sorry about the trouble.",
        "missing": "I can't find anything about “{question}” in our help pages. Shall I get a "
        "person for that?",
        "foreign": "Our help page on this is in {language} only. It says:",
        "failure": "Sorry, something went wrong on our side and I couldn't answer. Please try "
        "again, or let me get a person.",
        "choice_human": "Talk to a person",
        "choice_no": "No, thanks",
    },
    "zh": {
        "greeting": "您好！请问有什么可以帮您？",
        "thanks": "不客气。还有什么可以帮您的吗？",
        "goodbye": "再见，感谢您的咨询。",
        "how_are_you": "我很好，谢谢您。请问有什么可以帮您？",
        "who_are_you": "我是自动客服助手，根据我们的帮助页面回答问题，也可以随时为您转接人工客服。",
        "who_are_you_company": "我是{company}的自动客服助手，根据我们的帮助页面回答问题，"
        "也可以随时为您转接人工客服。",
        "ack": "好的。还有什么可以帮您的吗？",
        "human": "我这就为您转接人工客服。您在这里写的内容对方都能看到，不需要再重复。",
        "declined": "好的。有其他问题随时告诉我。",
        "unclear": "我没有看到您的问题。请问有什么可以帮您？",
        "refusal": "抱歉，我在帮助页面里找不到这个问题的答案。需要为您转接人工客服吗？",
        "refusal_again": "抱歉，这个问题我也找不到答案，不想让您一再重复。"
        "请点击下面的按钮，我为您转接人工客服。",
        "refusal_angry": "非常抱歉给您带来不好的体验，我在帮助页面里找不到答案。"
        "请点击下面的按钮，人工客服会为您处理。",
        "sorry": "很抱歉给您带来了麻烦。",
        "missing": "关于“{question}”，我在帮助页面里找不到答案。需要为您转接人工客服吗？",
        "foreign": "相关的帮助页面只有{language}版，内容如下：",
        "failure": "抱歉，我们这边出了点问题，没能回答您。请再试一次，或者让我为您转接人工客服。",
        "choice_human": "转人工客服",
        "choice_no": "不用了，谢谢",
    },
}


def say(key: str, spoken: str, /, **fields: str) -> str:
    """The text for ``key``; fields are put in as they are, braces in them included."""
    text = _TEXTS.get(spoken, _TEXTS[DEFAULT])[key]
    for field, value in fields.items():
        text = text.replace("{" + field + "}", value)
    return text


def choices(language: str) -> tuple[Choice, ...]:
    """The two buttons under an offer of a person."""
    return (
        Choice(HUMAN, say("choice_human", language)),
        Choice(NO, say("choice_no", language)),
    )


def human_choice(language: str) -> tuple[Choice, ...]:
    return choices(language)[:1]


def speaks(language: str) -> bool:
    return language in _TEXTS
