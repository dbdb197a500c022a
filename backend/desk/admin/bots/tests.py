"""The bot's tests: the list with its last results, one test's script, and running them."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.desk.access import may_delete_bots
from backend.desk.bot_forms.problems import problems_of
from backend.desk.bot_forms.script_form import BEGINNING, ScriptForm
from backend.schemas import services
from backend.schemas.models import Bot, BotTest
from backend.schemas.script_text import dump_script
from backend.schemas.scripts import Script

from . import history
from .history import log
from .page import Crumb, bot_links, require_edit, require_view, respond
from .pieces import Viewed

logger = logging.getLogger("kefu.desk")


def index(request: HttpRequest, pk: int) -> HttpResponse:
    require_view(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    checksum = services.review(bot).schema.checksum
    return respond(
        request,
        "desk/bot/tests.html",
        bot,
        heading=_("Tests"),
        tab="tests",
        crumbs=[Crumb(_("Tests"))],
        tests=[(test, test.ran_on == checksum) for test in bot.tests.all()],
        links={
            "add": reverse("admin:schemas_bottest_add") + f"?bot={bot.pk}",
            "run": reverse("admin:desk_bot_run", args=[bot.pk]),
        },
    )


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Run all tests on the draft."""
    require_edit(request)
    bot = get_object_or_404(Bot, pk=pk)
    if request.method == "POST":
        _run(request, bot)
    return HttpResponseRedirect(bot_links(bot)["tests"])


def _run(request: HttpRequest, bot: Bot, only: BotTest | None = None) -> None:
    try:
        reports = services.run_tests(bot, services.review(bot).schema, only)
    except Exception:
        logger.exception("the tests of the bot %s could not be run", bot)
        messages.error(request, _("The tests could not be run; the server's log says why."))
    else:
        _tell(request, reports)


def _tell(request: HttpRequest, reports: Any) -> None:
    failed, count = sum(not report.passed for report in reports), len(reports)
    if failed and count == 1:
        messages.warning(request, _("The test failed."))
    elif failed:
        words = _("%(failed)d of %(all)d tests failed.")
        messages.warning(request, words % {"failed": failed, "all": count})
    elif count == 1:
        messages.success(request, _("The test passed."))
    else:
        messages.success(request, _("All %d tests passed.") % count)


@admin.register(BotTest)
class BotTestAdmin(Viewed):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # reached through its bot

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        require_view(request)
        test = self.get_object(request, unquote(object_id))
        if test is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return history.page(request, test.bot, test)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        require_view(request)
        return HttpResponseRedirect(reverse("admin:schemas_bot_changelist"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_edit(request)
        if not request.GET.get("bot", "").isdecimal():
            raise Http404
        return self.edit(request, get_object_or_404(Bot, pk=request.GET["bot"]), None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_view(request)
        test = self.get_object(request, unquote(object_id))
        if test is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.edit(request, test.bot, test)

    def edit(self, request: HttpRequest, bot: Bot, test: BotTest | None) -> HttpResponse:
        posted = request.method == "POST"
        if posted:
            require_edit(request)
        form = ScriptForm(request.POST if posted else None, initial={"script": _text(test)})
        if posted and form.is_valid():
            try:
                saved = services.save_test(
                    bot, form.cleaned_data["script"], request.user, replaces=test
                )
            except ValidationError as error:
                form.refuse(error)
            else:
                (self.log_change if test else self.log_addition)(request, saved, _("Saved."))
                return self._saved(request, bot, saved)
        return self.show(request, bot, test, form)

    def _saved(self, request: HttpRequest, bot: Bot, test: BotTest) -> HttpResponse:
        then = request.POST.get("then")
        if then == "run":
            _run(request, bot, test)
        else:
            messages.success(request, _("The test is kept."))
        here = reverse("admin:schemas_bottest_change", args=[test.pk])
        return HttpResponseRedirect(bot_links(bot)["tests"] if then == "leave" else here)

    def show(
        self, request: HttpRequest, bot: Bot, test: BotTest | None, form: ScriptForm
    ) -> HttpResponse:
        heading = test.name if test else _("New test")
        links = {}
        if test:
            links["delete"] = reverse("admin:schemas_bottest_delete", args=[test.pk])
            links["history"] = reverse("admin:schemas_bottest_history", args=[test.pk])
        problems = problems_of(form) if form.is_bound else []
        return respond(
            request,
            "desk/bot/test.html",
            bot,
            heading=heading,
            tab="tests",
            crumbs=[Crumb(_("Tests"), bot_links(bot)["tests"]), Crumb(heading)],
            form=form,
            test=test,
            problems=problems,
            links=links,
            may_delete=may_delete_bots(request.user),
            status=422 if problems else 200,
        )

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if not may_delete_bots(request.user):
            raise PermissionDenied
        test = get_object_or_404(BotTest, pk=unquote(object_id))
        bot = test.bot
        if request.method == "POST":
            self.log_deletions(request, [test])
            log(request, bot, f"Deleted the test “{test.name}”.")
            services.delete_test(test, request.user)
            messages.success(request, _("The test is deleted."))
            return HttpResponseRedirect(bot_links(bot)["tests"])
        return respond(
            request,
            "desk/bot/delete.html",
            bot,
            heading=_("Delete “%s”?") % test.name,
            tab="tests",
            crumbs=[Crumb(_("Tests"), bot_links(bot)["tests"]), Crumb(_("Delete"))],
            piece=test,
        )


def _text(test: BotTest | None) -> str:
    if test is None:
        return BEGINNING
    return dump_script(Script.model_validate(test.script))
