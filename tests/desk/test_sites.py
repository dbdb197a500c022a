"""Sites: the form's errors, the snippet, and the secret that is shown on demand only."""

import pytest
from django.urls import reverse

from backend.conversations.models import Site

from .conftest import browser_of

ADD = reverse("admin:conversations_site_add")


def form(**changes) -> dict:
    return {
        "name": "Shop",
        "key": "shop",
        "origins": "https://www.example.com",
        "greetings": "en: Hello!\nzh: 您好！",
        "accent": "#0F766E",
        "max_text": "4000",
        "reopens": "on",
        "time_zone": "Europe/Zurich",
    } | changes


def change(site) -> str:
    return reverse("admin:conversations_site_change", args=[site.pk])


def test_a_site_is_made_from_lines(administrator):
    origins = (
        " https://Shop.example \n\nhttps://*.shop.example:8443\nself\nself\nhttp://localhost:*"
    )
    assert administrator.post(ADD, form(origins=origins)).status_code == 302
    site = Site.objects.get(key="shop")
    assert site.time_zone == "Europe/Zurich"
    assert site.allowed_origins == [
        "https://shop.example",
        "https://*.shop.example:8443",
        "self",
        "http://localhost:*",
    ]
    assert site.greeting == {"en": "Hello!", "zh": "您好！"}
    assert site.colours == {"accent": "#0F766E"}
    assert len(site.identity_secret) > 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("origins", "www.example.com", "must begin with https:// or http://"),
        ("origins", "https://www.example.com/shop", "must be like https://www.example.com"),
        ("origins", "https://*.*.example.com", "must be like"),
        ("origins", "https://example.com:port", "has a port that is not a number"),
        ("origins", "javascript://x", "must begin with"),
        ("origins", " \n ", "required"),
        ("greetings", "Hello!", "must be like"),
        ("greetings", "en:", "must be like"),
        ("accent", "teal", "six hexadecimal digits"),
        ("accent", "#fff;}", "six hexadecimal digits"),
        ("max_text", "9", "greater than or equal to 100"),
        ("key", "two words", "slug"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(administrator, field, value, says):
    answer = administrator.post(ADD, form(**{field: value}))
    assert answer.status_code == 200
    errors = answer.context_data["adminform"].form.errors
    assert list(errors) == [field]
    assert says in " ".join(errors[field])
    assert not Site.objects.filter(key="shop").exists()


@pytest.mark.django_db
def test_a_site_says_in_which_zone_its_days_are_meant(administrator, settings, site):
    settings.TIME_ZONE = "Asia/Shanghai"
    page = administrator.get(ADD).content.decode()
    assert '<option value="Asia/Shanghai" selected>' in page
    assert administrator.post(ADD, form()).status_code == 302
    assert Site.objects.get(key="shop").time_zone == "Europe/Zurich"
    Site.objects.filter(pk=site.pk).update(time_zone="US/Eastern")  # an older name of New York
    page = administrator.get(change(site)).content.decode()
    assert '<option value="US/Eastern" selected>' in page


def test_every_wrong_line_is_named(administrator):
    answer = administrator.post(ADD, form(origins="a\nhttps://good.example\nb"))
    assert len(answer.context_data["adminform"].form.errors["origins"]) == 2


def test_a_site_is_edited_and_its_key_stays(administrator, site):
    page = administrator.get(change(site))
    assert page.context_data["adminform"].form["origins"].initial == "https://shop.example"
    assert administrator.post(change(site), form(key="stolen", accent="")).status_code == 302
    site.refresh_from_db()
    assert (site.key, site.name, site.colours) == ("demo", "Shop", {})


def test_a_key_that_is_taken_is_refused(administrator, site):
    answer = administrator.post(ADD, form(key="demo"))
    assert "already exists" in str(answer.context_data["adminform"].form.errors["key"])


def test_the_snippet_names_the_host_that_one_is_on(administrator, site):
    page = administrator.get(change(site), secure=True, headers={"host": "localhost:9000"})
    expected = (
        '<script src="https://localhost:9000/widget/kefu.js" data-site="demo" async></script>'
    )
    assert page.context_data["embed"] == expected
    assert "&lt;script src=" in page.content.decode()


def test_the_secret_is_in_no_page(administrator, site):
    for page in (change(site), reverse("admin:conversations_site_changelist")):
        assert site.identity_secret not in administrator.get(page).content.decode()


def test_the_secret_is_revealed_to_whoever_may_change_the_site(administrator, desk, stranger, site):
    where = reverse("admin:desk_site_secret", args=[site.pk])
    answer = administrator.post(where)
    assert answer.json() == {"secret": site.identity_secret}
    assert "no-store" in answer.headers["Cache-Control"]
    assert administrator.get(where).status_code == 405
    assert desk.post(where).status_code == 403
    assert browser_of(stranger).post(where).status_code == 403


def test_a_new_secret_replaces_the_old_one(administrator, desk, site):
    where = reverse("admin:desk_site_rotate", args=[site.pk])
    assert desk.post(where).status_code == 403
    assert administrator.get(where).status_code == 405
    old = site.identity_secret
    site.refresh_from_db()
    assert site.identity_secret == old
    assert administrator.post(where).status_code == 302
    site.refresh_from_db()
    assert site.identity_secret != old


def test_neither_works_without_the_csrf_token(admin_user, site):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    for name in ("desk_site_secret", "desk_site_rotate"):
        assert client.post(reverse(f"admin:{name}", args=[site.pk])).status_code == 403


def test_only_a_superuser_deletes_a_site(desk, administrator, site):
    where = reverse("admin:conversations_site_delete", args=[site.pk])
    assert desk.post(where, {"post": "yes"}).status_code == 403
    assert administrator.get(where).status_code == 200


@pytest.mark.parametrize("model", ["user", "group"])
def test_people_have_the_desks_look(administrator, model):
    for name in ("changelist", "add"):
        assert administrator.get(reverse(f"admin:auth_{model}_{name}")).status_code == 200
