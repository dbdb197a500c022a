"""Who sees what: an operator, a colleague without the permission, nobody at all."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from backend.desk.access import GROUP, may_operate, operators

from .conftest import browser_of

LIST = "admin:conversations_conversation_changelist"


@pytest.fixture
def pages(talk, answered):
    one = talk()
    message = answered(one, decision="answered")
    return [
        reverse(LIST),
        reverse("admin:conversations_conversation_change", args=[one.pk]),
        reverse("admin:desk_analysis", args=[one.pk, message]),
    ]


def test_an_operator_sees_the_desk(desk, pages):
    assert [desk.get(page).status_code for page in pages] == [200, 200, 200]


def test_staff_without_the_permission_do_not(stranger, pages):
    client = browser_of(stranger)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_to_view_conversations_is_not_enough(stranger, pages):
    stranger.user_permissions.add(Permission.objects.get(codename="view_conversation"))
    client = browser_of(stranger)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_nobody_is_asked_to_log_in(client, pages):
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("admin:login"))


def test_an_operator_who_left_is_asked_to_log_in(desk, operator, pages):
    operator.is_active = False
    operator.save()
    assert [desk.get(page).status_code for page in pages] == [302, 302, 302]


def test_the_permission_without_staff_is_not_enough(django_user_model, db):
    user = django_user_model.objects.create_user("visitor")
    user.user_permissions.add(Permission.objects.get(codename="operate_conversation"))
    assert not may_operate(user)
    assert list(operators()) == []


def test_the_operators_are_those_who_may_take_a_conversation(
    operator, colleague, stranger, admin_user, django_user_model
):
    grouped = django_user_model.objects.create_user("gil", is_staff=True)
    grouped.groups.add(Group.objects.get(name=GROUP))
    colleague.is_active = False
    colleague.save()
    assert list(operators()) == [admin_user, grouped, operator]


def test_the_sidebar_shows_to_each_what_is_theirs(desk, stranger, talk):
    talk()
    here = f'href="{reverse(LIST)}"'
    assert here in desk.get(reverse("admin:index")).content.decode()
    assert here not in browser_of(stranger).get(reverse("admin:index")).content.decode()


def test_a_member_of_the_group_sees_the_desk_and_may_not_write_settings(
    django_user_model, site, talk
):
    user = django_user_model.objects.create_user("gil", is_staff=True)
    user.groups.add(Group.objects.get(name=GROUP))
    client = browser_of(user)
    assert client.get(reverse(LIST)).status_code == 200
    assert client.get(reverse("admin:conversations_visitor_changelist")).status_code == 200
    where = reverse("admin:conversations_site_change", args=[site.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"name": "Mine now"}).status_code == 403
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


@pytest.mark.django_db
def test_another_migration_leaves_the_group_as_the_administrator_wants_it():
    group = Group.objects.get(name=GROUP)
    names = set(group.permissions.values_list("codename", flat=True))
    assert {"operate_conversation", "view_conversation", "view_visitor", "view_article"} <= names
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert Group.objects.filter(name=GROUP).count() == 1
    assert [one.codename for one in group.permissions.all()] == ["operate_conversation"]


@pytest.mark.django_db(transaction=True)
def test_operators_from_before_the_bots_get_to_see_them_once():
    call_command("migrate", "schemas", "0001", verbosity=0)
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(codename="view_site"))
    Permission.objects.filter(content_type__app_label="schemas").delete()
    call_command("migrate", verbosity=0)
    names = set(group.permissions.values_list("codename", flat=True))
    assert {"view_site", "view_bot", "view_version", "view_bottest"} <= names
    assert not {one for one in names if one.startswith(("add", "change", "delete"))}
    assert "view_secret" not in names
    group.permissions.remove(Permission.objects.get(codename="view_bot"))
    call_command("migrate", verbosity=0)
    assert not group.permissions.filter(codename="view_bot").exists()


def test_only_a_superuser_deletes_a_conversation(desk, administrator, talk):
    one = talk()
    where = reverse("admin:conversations_conversation_delete", args=[one.pk])
    assert desk.post(where, {"post": "yes"}).status_code == 403
    assert administrator.post(where, {"post": "yes"}).status_code == 302
    assert not type(one).objects.filter(pk=one.pk).exists()
