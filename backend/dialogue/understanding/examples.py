"""Examples by which the encoder tells small talk and the wish for a person from questions.

Data only. Adding a language means adding its examples here, and its phrases in ``phrases``.
"""

from __future__ import annotations

# Few-shot examples for what is said in other words; ``service`` is what must not be swallowed.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "greeting": (
        "hello, anybody there?",
        "good morning to you",
        "hi, nice to meet you",
        "你们好，有人在吗",
    ),
    "thanks": (
        "thank you for your help, that was great",
        "that was very helpful, I appreciate it",
        "you've been a great help",
        "great, that answers my question",
        "谢谢你的帮助，很有用",
        "太好了，帮了大忙",
    ),
    "goodbye": (
        "that's everything for today, bye",
        "ok I'm going now, have a good one",
        "no more questions from me",
        "我没有其他问题了，再见",
    ),
    "how_are_you": (
        "how is your day going?",
        "hope you are well",
        "are you doing ok?",
        "今天过得怎么样",
    ),
    "who_are_you": (
        "are you a computer or a real human being?",
        "am I chatting with a machine?",
        "who am I speaking to?",
        "do you have a name?",
        "what kind of things can you answer?",
        "我是在跟机器人说话吗",
        "请问你是什么",
    ),
    "human": (
        "can I get hold of somebody, please",
        "let me talk to one of your staff",
        "put me in touch with a real advisor",
        "I would rather deal with a human being",
        "is there anybody real I can chat to?",
        "I want to speak to your manager",
        "could a member of your team take over",
        "please hand me over to a colleague",
        "我想和你们的工作人员直接谈",
        "能不能帮我换个真人来回答",
        "请让客服人员联系我",
    ),
    "service": (
        "what is your phone number?",
        "how can I contact you?",
        "where is my order?",
        "thanks for the parcel, but one item is missing",
        "can I return this?",
        "how long does it take?",
        "do you have a shop near me?",
        "how much does it cost?",
        "I have a problem with my account",
        "what are your opening hours?",
        "my parcel has not come",
        "are you open today?",
        "do you have this in my size?",
        "are you able to repair it?",
        "can someone measure my feet in the shop?",
        "what is your return policy?",
        "do you sell gift cards?",
        "who pays for the return?",
        "我的订单在哪里？",
        "怎么退货？",
        "你们的电话是多少？",
        "运费多少钱？",
        "你们几点开门？",
        "店里有人能帮忙量尺寸吗",
        "可以换货吗",
        "怎么联系你们",
    ),
}
