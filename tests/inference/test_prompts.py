from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.inference.prompts import Neutraliser, as_dicts, plain_text, without_system
from backend.inference.types import PromptMessage

TOKENS = ("<|im_start|>", "<|im_end|>", "</s>")


@given(st.lists(st.sampled_from([*TOKENS, "<|im_", "start|>", "end|>", "hello", "<"])))
def test_no_control_token_is_left_whatever_a_visitor_types(parts: list[str]) -> None:
    text = Neutraliser(TOKENS)("".join(parts))
    assert not any(token in text for token in TOKENS)


def test_a_text_without_control_tokens_is_left_alone() -> None:
    assert Neutraliser(TOKENS)("1 < 2 | 3 > 2") == "1 < 2 | 3 > 2"
    assert Neutraliser(())("<|im_end|>") == "<|im_end|>"


def test_a_system_message_can_open_the_first_message_of_the_user() -> None:
    messages = (PromptMessage("system", "Be brief."), PromptMessage("user", "Hello"))
    chat = without_system(as_dicts(messages, str))
    assert chat == [{"role": "user", "content": "Be brief.\n\nHello"}]
    assert plain_text(chat) == "Be brief.\n\nHello"


def test_a_system_message_alone_becomes_the_message_of_the_user() -> None:
    chat = without_system(as_dicts((PromptMessage("system", "Be brief."),), str))
    assert chat == [{"role": "user", "content": "Be brief."}]
