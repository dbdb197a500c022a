"""One file for one bot: what goes in comes out, and what cannot be read is named with its place."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import backend
from backend.schemas.document import MOST_BYTES, Document, DocumentError, dump, load

from .conftest import SHOP
from .strategies import lists, many, schemas, scripts

documents = st.builds(
    Document,
    schemas,
    st.none() | lists(scripts, unique_by=lambda script: script.name).map(tuple),
)


def refused(content):
    with pytest.raises(DocumentError) as error:
        load(content)
    return str(error.value)


@many(40)
@given(documents)
def test_any_document_is_read_as_it_was_written_to_the_byte(document):
    for form in ("yaml", "json"):
        text = dump(document, form)
        found = load(text.encode())
        assert found == document
        assert found.schema.checksum == document.schema.checksum
        assert dump(found, form) == text


@many(20)
@given(documents)
def test_other_readers_of_yaml_and_json_read_the_same(document):
    written = json.loads(dump(document, "json"))
    assert yaml.safe_load(dump(document)) == written


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_other_file_is_refused_in_words(content):
    assert refused(content)


@many(40)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_words(data):
    text = dump(Document(data.draw(schemas)))
    at = data.draw(st.integers(0, len(text)))
    broken = text[:at] + data.draw(st.text(max_size=3)) + text[at + data.draw(st.integers(0, 5)) :]
    with suppress(DocumentError):
        load(broken)


BUNDLED = sorted(Path(backend.__file__).parent.rglob("schema*.yaml"))


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.parent.name)
def test_plain_yaml_reads_a_bundled_bot_as_kefu_does(path):
    """No word is lost to a comment, none is a number, a day or a yes to one of them alone."""
    text = path.read_text()
    document = load(text)
    assert load(json.dumps(yaml.safe_load(text))) == document
    assert yaml.safe_load(dump(document)) == json.loads(dump(document, "json"))


@pytest.mark.parametrize("plain", ["x # a note", "'x' #1", "x#1", "'#1'"])
def test_comments_are_left_out_and_signs_inside_words_are_kept(plain):
    text = f"kefu_schema: 1\nname: {plain}\n# another\n"
    assert load(text).schema.name == yaml.safe_load(text)["name"]


def test_a_file_reads_like_a_document(shop):
    text = dump(Document(shop))
    assert text.startswith("kefu_schema: 1\nname: Shop\nlanguages:\n  - en\nservices:\n  - name: ")
    assert r"        pattern: NT-\d{5}" in text
    assert "{" not in text.splitlines()[0]


def test_texts_of_several_lines_are_blocks_and_nothing_is_escaped(shop):
    shop.services[0].slots[0].prompts["zh"] = ["您的订单号？\n在邮件里。 😀"]
    text = dump(Document(shop))
    assert "            - |-\n              您的订单号？\n              在邮件里。 😀\n" in text


@pytest.mark.parametrize(
    ("plain", "value"),
    [("no", "no"), ("yes", "yes"), ("007", "007"), ("2026-11-27", "2026-11-27"), ("12:30", "12:30"),
     ("0x1f", "0x1f"), ("1_000", "1_000"), ("+30", "+30"), ("=", "="), ("'true'", "true"),
     ("true", True), ("12", 12), ("-1.5e3", -1500.0), ("null", None), ("~", None), ("", None)],
)  # fmt: skip
def test_words_are_words_and_numbers_are_as_in_json(plain, value):
    text = f"kefu_schema: 1\nservices:\n- name: a\n  actions:\n  - name: a\n    body: {plain}\n"
    assert load(text).schema.services[0].actions[0].body == value
    assert type(load(text).schema.services[0].actions[0].body) is type(value)


def changed(**fields):
    return yaml.safe_dump({"kefu_schema": 1, **SHOP, **fields}, sort_keys=False)


def with_slot(**fields):
    slot = {"name": "order", "type": "text", **fields}
    return changed(services=[{"name": "orders", "slots": [slot]}])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "Line 1: the file is not in UTF-8"),
        (b"name: x\n" + b"a: \xff", "Line 2: the file is not in UTF-8"),
        ("kefu_schema: 1\nname: [", "Line 3, column 1: "),
        ('{"kefu_schema": 1,}', "Line 1, column 19: this is no JSON"),
        ('{"kefu_schema": 1, "kefu_schema": 1}', "“kefu_schema” is there twice"),
        ('{"kefu_schema": NaN}', "“NaN” is no number"),
        ('{"a":' + "[" * 100_000, "nested too deep"),
        ("kefu_schema: 1\nname: a\nname: b", "Line 3, column 1: “name” is there twice"),
        ("a: &x [1]\nb: *x", "“&x” refers to another place"),
        ("a: *x", "“*x” refers to another place"),
        ("a: !!python/object:os.system x", "type of YAML's"),
        ("a: !!binary aGk=", "type of YAML's"),
        ("a:\n- 您好\n- is there a [#10240](order) or #10240?", "Line 3, column 32: “#” after a"),
        ("- {say: room #12, reply: []}", "Line 1, column 13: “#” after a blank begins a comment"),
        ("kefu_schema: 1\n---\nkefu_schema: 1", "Line 2, column 1: A second document begins"),
        ("? [a]\n: 1", "The name of a field has to be a word"),
        ("a: " + "[" * 50 + "]" * 50, "more than 40 levels deep"),
        ("[" * 200_000, "levels deep"),
        ("", "kefu_schema: 1"),
        ("- a", "kefu_schema: 1"),
        ("services: []", "kefu_schema: 1"),
        ("kefu_schema: 2", "kefu_schema: 2 is newer than this Kefu reads (1)"),
        ("kefu_schema: 0", "kefu_schema: 0 is no format"),
        ("kefu_schema: one", "kefu_schema: one is no format"),
        (with_slot(type="tekst"), "services › orders › slots › order › type (line 9): “tekst” is "
         "none of: text, choice, number"),
        (with_slot(type="tekst"), "Did you mean “text”?"),
        (with_slot(promts={}), "“promts” is not known here. Did you mean “prompts”?"),
        (with_slot(name="Order No"), "“Order No” is no name: it takes lower-case letters"),
        (with_slot(ask_again=11), "“11” is too much; at most 10"),
        (with_slot(ask_again="often"), "“often” has to be a whole number"),
        (with_slot(title="Order"), "“Order” has to be fields with names, as in “en: Hello”"),
        (with_slot(latest=30), '(line 10): “30” has to be a text; put it in quotes: "30".'),
        (with_slot(latest="soon"), "“soon” is no day"),
        (with_slot(currency="Euro"), "“Euro” is no currency"),
        (with_slot(title={"english": "x"}), "“english” is no language"),
        (with_slot(description="x" * 5000), "has more than 4000 characters"),
        (with_slot(prompts={"en": "Which?"}), "“Which?” has to be a list"),
        (with_slot(choices=[{"labels": {}}]), "› number 1 › value (line 11): This is missing"),
        (with_slot(sensitive="perhaps"), "“perhaps” has to be true or false"),
        (with_slot(minimum=float("inf")), "“.inf” has to be a number"),
        (changed(languages=["EN"]), "“EN” is no language"),
        (changed(tests=[{"turns": []}]), "Each of the tests needs a name"),
        (changed(tests=[{"name": "a"}, {"name": "a"}]), "2 tests have the name “a”"),
        (changed(tests=[{"name": "a", "turns": [{}]}]), "tests › a › turns › number 1 (line 83)"),
        (changed(tests=[{"name": "a", "turns": [{"sey": "x"}]}]), "Did you mean “say”?"),
        (changed(nmae="x"), "Did you mean “name”?"),
        ("kefu_schema: 1\nname: \"a\\0b\"", "NUL"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_what_mends_it(content, says):
    assert says in refused(content)


def test_a_file_of_aliases_that_stand_for_gigabytes_is_refused_at_once():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for old, new in pairwise("abcdefghi"):
        lines.append(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]")
    assert "refers to another place" in refused("\n".join(lines))


def test_a_file_that_is_too_large_is_not_read():
    assert f"at most {MOST_BYTES:,}" in refused(b"#" * (MOST_BYTES + 1))


def test_the_first_twenty_problems_are_named_and_the_rest_counted():
    text = changed(services=[{"name": f"N{number}"} for number in range(30)])
    assert refused(text).splitlines()[20:] == ["… and 10 more."]


def test_a_mark_of_byte_order_and_line_ends_of_windows_are_taken(shop):
    text = dump(Document(shop))
    assert load(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).schema == shop
