"""Who sees and changes bots: an editor, an operator, staff without either, nobody."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from backend.desk.access import EDITORS
from backend.schemas import services
from backend.schemas.models import Action, Bot, BotTest, Intent, Slot

from ..conftest import browser_of


def pages(bot, service):
    own = ("settings", "versions", "compare", "tests", "try", "export")
    return [
        reverse("admin:schemas_bot_change", args=[bot.pk]),
        *(reverse(f"admin:desk_bot_{name}", args=[bot.pk]) for name in own),
        *(
            reverse(f"admin:schemas_{model._meta.model_name}_change", args=[piece.pk])
            for model in (Intent, Slot, Action)
            for piece in model.objects.all()[:1]
        ),
        reverse("admin:schemas_service_change", args=[service.pk]),
    ]


def changing(bot, service, intent):
    own = ("secrets", "import", "publish", "discard")
    return [
        *(reverse(f"admin:desk_bot_{name}", args=[bot.pk]) for name in own),
        reverse("admin:schemas_intent_add") + f"?service={service.pk}",
        reverse("admin:schemas_slot_add") + f"?service={service.pk}",
        reverse("admin:schemas_action_add") + f"?service={service.pk}",
        reverse("admin:schemas_service_add") + f"?bot={bot.pk}",
        reverse("admin:schemas_bottest_add") + f"?bot={bot.pk}",
        reverse("admin:schemas_intent_delete", args=[intent.pk]),
    ]


def test_an_editor_sees_every_page(desk, bot, orders, intent):
    every = pages(bot, orders) + changing(bot, orders, intent)
    assert {page: desk.get(page).status_code for page in every} == dict.fromkeys(every, 200)


def test_an_operator_looks_and_does_not_touch(viewer, bot, orders, intent):
    client = browser_of(viewer)
    looks, touches = pages(bot, orders), changing(bot, orders, intent)
    assert {page: client.get(page).status_code for page in looks} == dict.fromkeys(looks, 200)
    assert {page: client.get(page).status_code for page in touches} == dict.fromkeys(touches, 403)
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    page = client.get(where).content.decode()
    assert '<fieldset class="bot-whole" disabled>' in page
    assert 'name="then"' not in page
    assert client.post(where, {"title_en": "Mine"}).status_code == 403
    intent.refresh_from_db()
    assert intent.title == {"en": "Return an item"}


def test_a_stranger_is_refused_everywhere(stranger, bot, orders, intent):
    client = browser_of(stranger)
    every = [
        reverse("admin:schemas_bot_changelist"),
        *pages(bot, orders),
        *changing(bot, orders, intent),
    ]
    assert {page: client.get(page).status_code for page in every} == dict.fromkeys(every, 403)
    posts = [
        reverse("admin:desk_bot_make", args=[bot.site_id]),
        reverse("admin:desk_bot_run", args=[bot.pk]),
        reverse("admin:desk_bot_publish", args=[bot.pk]),
        reverse("admin:desk_bot_preview", args=[bot.pk]),
        reverse("admin:schemas_intent_delete", args=[intent.pk]),
    ]
    assert {page: client.post(page).status_code for page in posts} == dict.fromkeys(posts, 403)
    assert Intent.objects.filter(pk=intent.pk).exists()


def test_nobody_is_asked_to_log_in(client, bot, orders):
    for page in pages(bot, orders):
        assert client.get(page).headers["Location"].startswith(reverse("admin:login"))


def test_an_editor_without_the_right_to_publish_edits_all_the_same(editor, bot, orders, intent):
    Group.objects.get(name=EDITORS).permissions.remove(
        Permission.objects.get(codename="add_version")
    )
    client = browser_of(editor)
    assert client.get(reverse("admin:desk_bot_publish", args=[bot.pk])).status_code == 403
    assert client.get(reverse("admin:desk_bot_back", args=[bot.pk, 1])).status_code == 403
    assert client.get(reverse("admin:schemas_intent_change", args=[intent.pk])).status_code == 200


def test_the_sidebar_shows_the_bot_to_whom_it_concerns(desk, stranger, bot):
    here = f'href="{reverse("admin:schemas_bot_changelist")}"'
    assert here in desk.get(reverse("admin:index")).content.decode()
    assert here not in browser_of(stranger).get(reverse("admin:index")).content.decode()


@pytest.mark.django_db
def test_the_groups_carry_what_they_need():
    def names(group):
        found = Group.objects.get(name=group).permissions.filter(content_type__app_label="schemas")
        return set(found.values_list("codename", flat=True))

    assert {"change_bot", "add_version", "change_intent", "delete_slot"} <= names(EDITORS)
    assert all(name.startswith("view_") for name in names("Operators"))


def test_a_site_without_a_bot_gets_one_with_a_button(desk, site):
    index = reverse("admin:schemas_bot_changelist")
    assert "Make a bot for Northwind Trail" in desk.get(index).content.decode()
    made = desk.post(reverse("admin:desk_bot_make", args=[site.pk]))
    bot = Bot.objects.get(site=site)
    assert made.headers["Location"] == reverse("admin:schemas_bot_change", args=[bot.pk])
    assert bot.languages == ["en", "zh"]  # what the site greets in
    assert bot.services.count() == 1
    assert desk.post(reverse("admin:desk_bot_make", args=[site.pk])).status_code == 302
    assert Bot.objects.count() == 1
    assert desk.get(index).headers["Location"] == made.headers["Location"]
    assert not BotTest.objects.exists()


def test_only_a_superuser_deletes_a_whole_bot(desk, admin_user, bot):
    where = reverse("admin:schemas_bot_delete", args=[bot.pk])
    assert desk.post(where, {"post": "yes"}).status_code == 403
    assert browser_of(admin_user).post(where, {"post": "yes"}).status_code == 302
    assert not Bot.objects.exists()


def test_whoever_is_refused_is_told_what_they_need(viewer, bot):
    page = browser_of(viewer).get(reverse("admin:desk_bot_publish", args=[bot.pk]))
    assert page.status_code == 403
    assert "the group “Bot editors”" in page.content.decode()
    assert f'href="{reverse("admin:index")}"' in page.content.decode()


def test_the_admins_first_page_offers_an_editor_nothing_that_leads_nowhere(desk, bot):
    page = desk.get(reverse("admin:index")).content.decode()
    assert reverse("admin:schemas_bot_changelist") in page
    for model in ("intent", "slot", "action", "service", "bottest"):
        assert reverse(f"admin:schemas_{model}_add") not in page


def test_a_viewer_gets_no_link_to_what_they_may_not_do(viewer, desk, bot, intent):
    services.publish(bot, None, services.review(bot).revision, accept_warnings=True)
    intent.description = "Changed"
    intent.save()
    where = reverse("admin:schemas_bot_change", args=[bot.pk])
    publish = reverse("admin:desk_bot_publish", args=[bot.pk])
    mine, theirs = (one.get(where).content.decode() for one in (browser_of(viewer), desk))
    assert "1 change is not published." in mine
    assert f'href="{publish}"' in theirs
    assert f'href="{publish}"' not in mine
