import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import protocol
from backend.protocol import FrameError, parse

CID = "0b0e7a52-6f0e-4d0a-9a53-1c1a6d6f4f10"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def outcome(data, frames=protocol.VISITOR_FRAMES):
    """The frame, or the code of its error; anything else is a fault."""
    try:
        return parse(data, frames=frames)
    except FrameError as error:
        return error.code


@given(st.text() | st.binary() | st.none())
def test_no_input_is_anything_but_a_frame_or_a_frame_error(data):
    assert outcome(data) in {"bad_json", "not_an_object", "missing_field", "bad_field", "too_large"}


FIELDS = [
    *"cid text v site token conversation last_seq locale identity page on seq reason".split(),
    *"score comment n message attachments reply_to operator slot value".split(),
]


@given(
    st.sampled_from(sorted({*protocol.VISITOR_FRAMES, *protocol.DESK_FRAMES})),
    st.dictionaries(st.sampled_from(FIELDS), json_values),
)
def test_any_fields_give_a_valid_frame_or_a_named_error(kind, fields):
    data = json.dumps({"type": kind} | fields)
    for frames in (protocol.VISITOR_FRAMES, protocol.DESK_FRAMES):
        found = outcome(data, frames)
        assert found in {"unknown_type", "missing_field", "bad_field", "too_large", "bad_json"} or (
            isinstance(found, frames[kind])
        )


@given(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1, max_size=8000))
def test_a_text_arrives_as_it_was_sent(text):
    frame = json.dumps({"type": "send", "cid": CID, "text": text}, ensure_ascii=False)
    if len(frame.encode()) <= protocol.MAX_FRAME:
        assert parse(frame).text == text


def test_a_cid_that_can_be_read_is_kept_with_the_error():
    with pytest.raises(FrameError) as refused:
        parse(json.dumps({"type": "send", "cid": CID, "text": ""}))
    assert refused.value.cid == CID


def test_null_counts_as_left_out():
    frame = parse('{"type":"hello","v":1,"site":"demo","token":null,"last_seq":null}')
    assert (frame.token, frame.last_seq) == (None, 0)


def test_numbers_are_whole_and_no_flags():
    for wrong in ("1.5", "true", '"1"', "-1", "1e400", "9" * 400):
        with pytest.raises(FrameError):
            parse(f'{{"type":"seen","seq":{wrong}}}')


@pytest.mark.parametrize("frame", ["hello", "ping"])
def test_a_visitor_has_frames_that_the_desk_has_not_and_the_other_way_round(frame):
    assert frame in protocol.VISITOR_FRAMES
    assert {"take", "note", "assign"}.isdisjoint(protocol.VISITOR_FRAMES)


@given(st.lists(st.integers(1, 30_000), max_size=60))
def test_pages_hold_every_event_once_in_order_and_fit_a_frame(sizes):
    rows = [{"seq": seq, "body": {"text": "长" * (size // 3)}} for seq, size in enumerate(sizes)]
    pages = protocol.pages(rows, more=False)
    assert [row["seq"] for page in pages for row in page["events"]] == list(range(len(rows)))
    assert all(len(protocol.serialise(page).encode()) <= protocol.MAX_FRAME for page in pages)
    assert all(len(page["events"]) <= protocol.PAGE_EVENTS for page in pages)
    assert [page["more"] for page in pages] == [True] * (len(pages) - 1) + [False] * bool(pages)


def test_every_frame_of_the_shared_sample_is_read(sample_frames):
    for sample in sample_frames["client"]:
        parse(json.dumps(sample["frame"]))
    named = {sample["frame"]["type"] for sample in sample_frames["client"]}
    assert named == set(protocol.VISITOR_FRAMES)


def test_error_codes_are_words():
    allowed = set(string.ascii_lowercase + "_")
    with pytest.raises(FrameError) as refused:
        parse("[]")
    assert set(protocol.error(refused.value)["code"]) <= allowed


def test_a_long_page_address_is_cut_rather_than_refused():
    page = {"url": "https://shop.example/?" + "x" * 5000, "title": "a\ud800b", "mood": 7}
    frame = parse(json.dumps({"type": "hello", "v": 1, "site": "demo", "page": page}))
    assert len(frame.page["url"]) == 2000
    assert frame.page["title"] == "ab"
    assert "mood" not in frame.page


def test_a_slot_takes_no_number_that_cannot_be_sent_on():
    data = f'{{"type":"edit_slot","conversation":"{CID}","slot":"n","value":1e999}}'
    assert outcome(data, protocol.DESK_FRAMES) == "bad_field"
