import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.conversations.models import Site

pytestmark = pytest.mark.django_db


def test_a_site_is_made_and_its_script_tag_printed():
    out = io.StringIO()
    call_command("createsite", "my-shop", origin=["https://shop.example"], name="Shop", stdout=out)
    assert 'data-site="my-shop"' in out.getvalue()
    assert Site.objects.get().allowed_origins == ["https://shop.example"]


@pytest.mark.parametrize(
    ("key", "origins", "complaint"),
    [
        ("my shop", ["https://shop.example"], "key"),
        ("shop", [], "--origin"),
        ("shop", ["shop.example"], "https://"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(key, origins, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("createsite", key, origin=origins)
    assert not Site.objects.exists()


def test_a_key_that_is_taken_is_said(site):
    with pytest.raises(CommandError, match="already exists"):
        call_command("createsite", site.key, origin=["https://shop.example"])
