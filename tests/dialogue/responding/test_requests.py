"""An action's call: what values can fill in it, and what they can never change."""

from __future__ import annotations

import json
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.dialogue.memory import Value
from backend.dialogue.responding import requests
from backend.dialogue.responding.answer import look_up
from backend.dialogue.responding.masking import MASK, masked
from backend.dialogue.responding.templates import TemplateProblem
from backend.dialogue.schema import Action, Offer, Service, Slot

NO_HANG = settings(deadline=3000)  # milliseconds; a hundred times what it takes

ACTION = Action(
    name="create_return",
    method="POST",
    url="https://api.shop.example/orders/{{ order }}/returns",
    query={"note": "{{ note }}", "kinds": "{{ kinds }}", "fixed": "a b"},
    headers={"Authorization": "Bearer {{ secret.token }}", "X-Note": "for {{ note }}"},
    body={"item": "{{ item }}", "count": "{{ count }}", "note": "{{ note }}", "card": "{{ card }}"},
    results={"number": "return.number", "first": "lines[0].sku"},
    timeout_s=3,
    retries=1,
)
SERVICE = Service(
    name="orders",
    slots=[
        *(Slot(name=name, type="text") for name in ("order", "item", "count", "note", "kinds")),
        Slot(name="card", type="text", sensitive=True),
    ],
    actions=[ACTION],
)
VALUES = {
    "order": Value(value="10234"),
    "item": Value(value="boots"),
    "count": Value(value=2),
    "card": Value(value="4111 1111", text="4111-1111"),
}
OPTIONAL = {"note", "kinds"}


def built(action=ACTION, values=VALUES, profile=None, **more):
    options = {"optional": OPTIONAL, "sensitive": {"card"}} | more
    return requests.build(action, SERVICE, values, profile or {}, **options)


def problem(action=ACTION, values=VALUES, **more):
    with pytest.raises(TemplateProblem) as caught:
        built(action, values, **more)
    assert caught.value.hint
    return caught.value.text


def having(**changes):
    return ACTION.model_copy(update=changes)


def saying(**values):
    return VALUES | {name: Value(value=value) for name, value in values.items()}


def test_a_call_is_put_together_from_its_templates():
    request = built()
    assert (request.method, request.timeout_s, request.retries) == ("POST", 3, 1)
    assert request.url == "https://api.shop.example/orders/10234/returns?fixed=a%20b"
    assert request.headers == {"Authorization": "Bearer {{ secret.token }}"}
    assert request.body == {"item": "boots", "count": 2, "card": "4111 1111"}


def test_an_optional_value_is_sent_where_there_is_one():
    request = built(values=saying(note="é&=?", kinds=["a", "b"]))
    assert request.url.endswith("?note=%C3%A9%26%3D%3F&kinds=a&kinds=b&fixed=a%20b")
    assert request.headers["X-Note"] == "for é&=?"
    assert request.body["note"] == "é&=?"


def test_what_the_visitor_does_not_care_about_is_left_out():
    assert "count" not in built(values=saying(count=None)).body


def test_a_call_without_a_value_that_it_needs_is_refused():
    assert "needs “item”" in problem(values={"order": Value(value="1"), "card": Value(value="2")})
    assert "needs “order”" in problem(values=saying(order=None))
    assert "needs “order”" in problem(values={}, optional={slot.name for slot in SERVICE.slots})


def test_sensitive_values_are_masked_in_what_operators_see():
    action = having(
        url="https://api.shop.example/{{ card }}/{{ order }}",
        query={},
        headers={"X-Card": "{{ card[-4:] }}"},
        body={"card": "{{ card }}", "sum": "{{ card | int + 1 }}", "order": "{{ order }}"},
    )
    request = built(action)
    assert "4111%201111" in request.url
    assert request.shown == {
        "method": "POST",
        "url": f"https://api.shop.example/{MASK}/10234",
        "headers": {"X-Card": MASK},
        "body": {"card": MASK, "sum": 1, "order": "10234"},
    }
    assert "4111" not in json.dumps(request.shown)
    assert request.sensitive == ("4111 1111", "4111-1111")
    assert "4111" not in repr(request.sensitive and request.shown)


def test_a_part_that_reckons_with_a_masked_value_is_masked_whole():
    request = built(having(body={"n": "{{ count + 1 }}"}), sensitive={"count"})
    assert request.body == {"n": 3}
    assert request.shown["body"] == MASK


def test_the_answer_is_masked_where_it_repeats_what_is_sensitive():
    answer = {"card 4111 1111": ["to 4111-1111!", 17, 7, True, "7"], "a": {"b": None}}
    assert masked(answer, ("4111 1111", "4111-1111", "17", "7")) == {
        f"card {MASK}": [f"to {MASK}!", MASK, MASK, True, MASK],
        "a": {"b": None},
    }
    assert masked("77", ("7",)) == "77"


@pytest.mark.parametrize(
    "url",
    [
        "https://{{ order }}/x",
        "https://api.shop.example{{ order }}",
        "https://{{ order }}.shop.example/x",
        "{{ order }}",
        "{% if order %}https://a.example/{% endif %}",
        "ftp://api.shop.example/{{ order }}",
        "javascript:alert(1)",
        "https://user:pass@api.shop.example/{{ order }}",
        "https:///x",
        "https://api.shop.example:99999/x",
        "https://[::1/x",
        "api.shop.example/x",
        "",
    ],
)
def test_the_host_stands_in_the_templates_own_text(url):
    assert "has to begin with" in problem(having(url=url))


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "http://127.0.0.1:8000/x", "https://[::1]:80/", "HTTPS://例子.测试/a"],
)
def test_any_plain_host_can_be_called(url):
    assert built(having(url=url, query={})).url == url


@pytest.mark.parametrize("order", ["..", ".", "../../admin", "a/../..", "%2e%2e", "..;/", "\\..\\"])
def test_a_value_cannot_leave_its_place_in_the_path(order):
    if order in (".", ".."):
        assert "“.” or “..”" in problem(values=saying(order=order))
        return
    path = urlsplit(built(values=saying(order=order)).url).path.split("/")
    assert path[1:2] + path[3:] == ["orders", "returns"]
    assert unquote(path[2]) == order


def test_two_values_cannot_make_two_dots():
    action = having(url="https://api.shop.example/{{ order }}{{ item }}/x")
    assert "“..”" in problem(action, saying(order=".", item="."))


def test_an_empty_value_cannot_shorten_the_path():
    assert "empty" in problem(values=saying(order=""))


def test_a_space_or_a_fragment_in_the_address_is_refused():
    for url in ("https://a.example/a b", "https://a.example/a#b", "https://a.example/a\\b"):
        assert "has a space" in problem(having(url=url))


def test_a_very_long_value_in_the_address_is_refused():
    assert "longer than" in problem(values=saying(order="x" * 9000))
    assert "longer than" in problem(values=saying(order="x" * 100_000))


def test_urlencode_in_an_address_changes_nothing():
    action = having(url="https://a.example/{{ order | urlencode }}", query={})
    assert built(action, saying(order="a b/c")).url == "https://a.example/a%20b%2Fc"


def test_a_value_cannot_start_another_header():
    request = built(values=saying(note="a\r\nX-Evil: 1\x7f"))
    assert request.headers["X-Note"] == "for a X-Evil: 1"
    assert set(request.headers) == {"Authorization", "X-Note"}


@pytest.mark.parametrize(
    "note",
    ["{{ secret.token }}", "{{secret.token}}", "\ue000token\ue001", "{\ue000{ secret.token }}"],
)
def test_a_value_cannot_name_a_secret(note):
    header = built(values=saying(note=note)).headers["X-Note"]
    assert "{{" not in header
    action = having(headers={"X-Note": "{{ note }}{{ item }}"})
    header = built(action, saying(note="{", item="{ secret.token }}")).headers["X-Note"]
    assert "{{" not in header


def test_a_secret_can_stand_in_headers_only():
    for changes in ({"url": "https://a.example/{{ secret.a }}"}, {"body": "{{ secret.a }}"}):
        assert "“secret” is not known" in problem(having(**changes))
    assert requests.secrets_named(ACTION) == {"token"}


@pytest.mark.parametrize(
    "name", ["Host", "content-length", "Idempotency-Key", "X Y", "X:", "", "é"]
)
def test_headers_that_frame_the_message_cannot_be_set(name):
    assert "cannot be set as a header" in problem(having(headers={name: "1"}))


def test_needs_are_the_slots_that_are_named_plainly():
    action = having(
        url="https://a.example/{{ order }}",
        query={},
        headers={},
        body={"a": "{% if note %}{{ note }}{% endif %}", "b": ["{{ item | upper }}"], "c": "{{ x"},
    )
    assert requests.needs(action, SERVICE) == ("order", "item")


def test_the_same_call_of_a_task_has_the_same_key():
    one = requests.key(1, ACTION, built())
    assert one == requests.key(1, ACTION, built())
    assert len(one) <= 200
    others = [
        requests.key(2, ACTION, built()),
        requests.key(1, ACTION, built(values=saying(count=3))),
        requests.key(1, ACTION, built(values=saying(order="10235"))),
        requests.key(1, having(name="other"), built()),
    ]
    assert len({one, *others}) == 5


def test_results_are_read_out_of_the_answer():
    answer = {"return": {"number": "R-1"}, "lines": [{"sku": "B"}]}
    assert requests.mapped(ACTION, answer) == {"number": "R-1", "first": "B"}
    for odd in (None, [], "text", 7, {"lines": {}}):
        assert requests.mapped(ACTION, odd) == {"number": None, "first": None}


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "a b",
        "[",
        "&a",
        "[&a]",
        "length(a)",
        "avg(`[]`)",
        "nope(@)",
        "sum(@)",
        "@" + "|[@,@][]" * 35,
        "[@]|to_string(@)" + "|[@]|to_string(@)" * 16,
    ],
)
def test_an_expression_that_does_not_fit_finds_nothing(expression):
    assert look_up(expression, {"a": 5}) is None


def test_an_answer_that_is_too_large_to_keep_is_no_result():
    assert look_up("a", {"a": "x" * 70_000}) is None


def test_options_are_read_out_of_the_answer():
    offer = Offer(action="get_order", items="lines", value="sku", label="name")
    lines = [
        {"sku": "B1", "name": "Boots,\n size 42"},
        {"sku": "B1", "name": "again"},
        {"sku": 7, "name": None},
        {"sku": None, "name": "no value"},
        {"sku": {"a": 1}, "name": "no value"},
        "odd",
    ]
    found = requests.options(offer, {"lines": lines})
    assert [(o.value, o.label) for o in found] == [("B1", "Boots, size 42"), (7, "7")]
    assert requests.options(offer, {"lines": {"sku": 1}}) == requests.options(offer, None) == ()
    many = {"lines": [{"sku": n, "name": "x" * 300} for n in range(500)]}
    assert len(requests.options(offer, many)) == 100
    assert len(requests.options(offer, many)[0].label) == 200


@NO_HANG
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_value_escapes_from_its_place(order, note, item):
    action = having(
        url="https://api.shop.example:8443/v1/{{ order }}/x-{{ item }}.json?a={{ item }}",
        query={"note": "{{ note }}"},
        headers={"X-Note": "{{ note }}{{ item }}", "X-Key": "{{ secret.token }}"},
        body={"note": "{{ note }}"},
    )
    try:
        request = built(action, saying(order=order, note=note, item=item))
    except TemplateProblem:
        return
    for parsed in (urlsplit(request.url), urlsplit(str(httpx.URL(request.url)))):
        assert (parsed.scheme, parsed.netloc) == ("https", "api.shop.example:8443")
        path = parsed.path.split("/")
        assert [unquote(piece) for piece in path] == ["", "v1", order, f"x-{item}.json"]
        assert parse_qsl(parsed.query, keep_blank_values=True) == [("a", item), ("note", note)]
        assert not parsed.fragment
    assert request.headers["X-Key"] == "{{ secret.token }}"
    assert "{{" not in request.headers["X-Note"]
    assert not any(ord(character) < 32 for character in request.headers["X-Note"])
    assert request.body == {"note": note}
    json.dumps(request.shown)


@NO_HANG
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists), st.text())
def test_building_raises_nothing_but_a_template_problem(value, template):
    action = having(
        url="https://a.example/" + template,
        query={"q": template},
        headers={"X-H": template},
        body=[template],
    )
    with suppress(TemplateProblem):
        built(action, saying(order=value, note=value))
