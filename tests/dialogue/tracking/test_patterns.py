"""Regular expressions of operators: taken by RE2, or refused in words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.tracking.patterns import compile_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"NT-\d{5}", "my order NT-10234, please", "NT-10234"),
        (r"[A-Z]{2}\d+", "AB12", "AB12"),
        (r"单号\d+", "我的单号10234到了吗", "单号10234"),
        (r"(?i)nt-(?P<number>\d+)", "Nt-7", "Nt-7"),
    ],
)
def test_it_finds_what_re_would_find(pattern, text, found):
    match = compile_pattern(pattern).search(text)
    assert match.group() == found == text[match.start() : match.end()]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (r"(?=\d)x", "ahead or behind"),
        (r"(?<!a)b", "ahead or behind"),
        (r"(\d)\1", r"“\1”"),
        (r"(?P<a>x)(?P=a)", "plain groups"),
        (r"a++", "single “+”"),
        (r"(?>a)b", "plain groups"),
        (r"[\u4e00-\u9fff]+", r"\x{4e00}"),
        (r"a{5,2}", "smaller number comes first"),
        (r"(a{1,900}){1,900}", "under 1,000"),
        (r"(\pL{1,30}){1,30}", "too large"),
        ("(a", "never closed"),
        ("a)", "never opened"),
        ("[a", "never closed"),
        ("x" * 501, "at most 500"),
        (r"a\C", "half a character"),
        ("\ud800", "half a character"),
        ("", "empty text"),
        (r"\d*", "empty text"),
        (r"x|\b", "empty text"),
        (r"^|a", "empty text"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_write_instead(pattern, says):
    with pytest.raises(ValueError, match=r"^[A-Z“]") as refused:
        compile_pattern(pattern)
    assert says in str(refused.value)


@given(st.text(alphabet=st.sampled_from("()[]{}?*+\\|.^$-,:=!<>P#adbCQEZ019 字\ud800")))
def test_every_text_compiles_or_is_refused_and_a_compiled_one_matches_something(pattern):
    try:
        compiled = compile_pattern(pattern)
    except ValueError as error:
        said = str(error)
    else:
        said = "."
        for match in compiled.finditer("a 1 字-b019"):
            assert match.end() > match.start()
    assert said.endswith(".")


@pytest.mark.parametrize("pattern", [r"(\w+\s*)+$X", r"(a|aa)+$X", r"(.*a){1,20}X"])
def test_a_pattern_that_backtracks_elsewhere_is_done_in_no_time(pattern):
    compiled = compile_pattern(pattern)
    began = time.perf_counter()
    assert compiled.search("a" * 20_000 + "!") is None
    assert time.perf_counter() - began < 1
