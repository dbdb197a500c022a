"""What the bot says about tasks where the operators wrote nothing, in each language it speaks.

Names in braces are filled by :func:`say`. Texts about articles and small talk are in ``texts``.
"""

from __future__ import annotations

import re

from ..language import DEFAULT

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "ask": "What is the {title}?",
        "ask_again": "I still need the {title} to go on. What is it?",
        "options": "You can choose:",
        "confirm": "{title}:\n{lines}\n\nShall I go ahead?",
        "line": "- {title}: {value}",
        "changed": "All right, {title}: {value}.",
        "what_change": "All right. What should be different?",
        "carried": "I'll use {title} {value} again.",
        "cancelled": "All right, I've stopped that. Nothing was changed.",
        "not_yet": "Nothing has been done yet.",
        "was_done": "Yes, “{title}” is done.",
        "was_cancelled": "No, nothing was changed: I stopped before “{title}”.",
        "was_failed": "No, “{title}” couldn't be done.",
        "left_alone": "All right, I'll leave everything as it is.",
        "for_what": "Thank you. What would you like me to do with this?",
        "resume": "Back to “{title}”.",
        "next": "Next, “{title}”.",
        "which_intent": "Which of these do you mean?",
        "maybe_intent": "Would you like me to help with this?",
        "or_task": "If you would like me to see to it for you, press the button.",
        "not_in_help": "I can't find that in our help pages.",
        "give_up": "I'm sorry, I'm not getting this right. A person can take it from here, or you "
        "can try once more.",
        "no_options": "There is nothing to choose from for the {title}, so I can't go on with "
        "this. A person can take a look.",
        "choose_one": "Please choose one of these:",
        "check_these": "Let's check that.",
        "success": "Done.",
        "reply": "All right.",
        "not_found": "I couldn't find anything with these details.",
        "refused": "That isn't possible, I'm afraid.",
        "failure": "I'm sorry, our system isn't answering just now, so I can't be sure that this "
        "was done. You can try again, and it won't be done twice; or a person can take over.",
        "unreachable": "I'm sorry, our system isn't answering just now. You can try again in a "
        "moment, or a person can take over.",
        "gone": "I can't go on with that any more. Please tell me again what you need.",
        "yes": "Yes",
        "no": "No",
        "go_ahead": "Yes, go ahead",
        "change": "No, change something",
        "cancel": "Never mind",
        "try_again": "Try again",
        "any": "any",
        "joiner": ", ",
    },
    "zh": {
        "ask": "请问{title}是什么？",
        "ask_again": "我还需要{title}才能继续，请告诉我。",
        "options": "您可以选择：",
        "confirm": "{title}：\n{lines}\n\n确认办理吗？",
        "line": "- {title}：{value}",
        "changed": "好的，{title}改为{value}。",
        "what_change": "好的，请问需要修改什么？",
        "carried": "{title}沿用之前的{value}。",
        "cancelled": "好的，已停止办理，没有做任何更改。",
        "not_yet": "目前还没有办理。",
        "was_done": "“{title}”已经办好了。",
        "was_cancelled": "没有，“{title}”已停止办理，没有做任何更改。",
        "was_failed": "没有，“{title}”没能办成。",
        "left_alone": "好的，一切保持不变。",
        "for_what": "好的，请问需要我为您办理什么？",
        "resume": "我们继续“{title}”。",
        "next": "接下来是“{title}”。",
        "which_intent": "请问您指的是哪一项？",
        "maybe_intent": "需要我为您办理这项吗？",
        "or_task": "如果需要我直接为您办理，请点击下面的按钮。",
        "not_in_help": "这个问题我在帮助页面里没有找到答案。",
        "give_up": "抱歉，我没能理解。可以由人工客服为您处理，您也可以再试一次。",
        "no_options": "{title}没有可选的内容，无法继续办理。可以请人工客服为您查看。",
        "choose_one": "请选择其中一项：",
        "check_these": "我们核对一下。",
        "success": "已为您办理。",
        "reply": "好的。",
        "not_found": "没有查到与这些信息相符的记录。",
        "refused": "很抱歉，这项无法办理。",
        "failure": "很抱歉，我们的系统暂时没有响应，无法确定是否已办理。您可以重试，不会重复办理；"
        "也可以转人工客服。",
        "unreachable": "很抱歉，我们的系统暂时没有响应。您可以稍后重试，也可以转人工客服。",
        "gone": "这项已无法继续，请再告诉我您的需求。",
        "yes": "是",
        "no": "否",
        "go_ahead": "确认",
        "change": "不对，需要修改",
        "cancel": "不办了",
        "try_again": "重试",
        "any": "均可",
        "joiner": "、",
    },
}


# What an operator calls a slot may bring its own article: “your name”.
_ITS_OWN = re.compile(r"^(?:the|your|a|an) ", re.IGNORECASE)


def say(key: str, language: str, /, **fields: str) -> str:
    """The text for ``key``; a language without texts is spoken to in English."""
    text = _WORDS.get(language, _WORDS[DEFAULT])[key]
    for field, value in fields.items():
        if _ITS_OWN.match(value):
            text = text.replace("the {" + field + "}", value)
        text = text.replace("{" + field + "}", value)
    return text
