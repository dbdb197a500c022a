"""What the pages of intents, slots, actions and services have in common: open, save, conflict.

A piece is saved by its form through :mod:`backend.schemas.services`; this module answers the
browser and writes Django's log.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from backend.desk.access import may_delete_bots, may_edit_bots, may_view_bots
from backend.desk.bot_forms.more_rows import with_another
from backend.desk.bot_forms.piece_form import Piece, PieceForm
from backend.desk.bot_forms.problems import problems_of
from backend.desk.bot_forms.saving import Conflict, NotSaved, remove, save
from backend.desk.bot_forms.titles import title_of
from backend.schemas.models import Bot, Draft, Service

from . import history
from .findings import by_level, findings_at
from .history import log
from .page import Crumb, add_link, bot_links, link, require_edit, require_view, respond


class Viewed(ModelAdmin):
    """Django's permissions as the bot's pages use them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_view_bots(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_view_bots(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit_bots(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit_bots(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_delete_bots(request.user)


class PieceAdmin(Viewed):
    """A kind of piece. ``words`` are what it is called: a new one, and one that is there."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Pieces are reached through their bot; Django's own list of models could only add one
        that belongs nowhere."""
        return False

    form_class: ClassVar[type[PieceForm]]
    template: ClassVar[str]
    words: ClassVar[tuple[Any, Any]]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        require_view(request)
        return HttpResponseRedirect(reverse("admin:schemas_bot_changelist"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_edit(request)
        if not request.GET.get("service", "").isdecimal():
            raise Http404
        service = get_object_or_404(Service, pk=request.GET["service"])
        return self.edit(request, service, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_view(request)
        piece = self.get_object(request, unquote(object_id))
        if piece is None and request.method == "POST":
            return self._deleted(request, object_id)
        if piece is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.edit(request, self.service_of(piece), piece)

    def _deleted(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Somebody deleted it while this editor wrote: what was typed can become a new one."""
        require_edit(request)
        given = request.POST.get("parent", "")
        service = self.service_in(int(given)) if given.isdecimal() else None
        if service is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = self.form_class(with_another(request.POST), service=service)
        form.is_valid()
        shown = {"words": _("This was deleted since you opened it."), "anew": self.add_url(service)}
        return self.show(request, form, conflict=shown, status=409)

    def service_in(self, parent: int) -> Service | None:
        """Where a new piece is made; ``parent`` is what :meth:`parent_of` gave to the page."""
        return Service.objects.filter(pk=parent).first()

    def parent_of(self, service: Service) -> int:
        return service.pk

    def add_url(self, service: Service) -> str:
        return add_link(str(self.opts.model_name), service)

    def service_of(self, piece: Any) -> Service:
        service: Service = piece.service
        return service

    def edit(self, request: HttpRequest, service: Service, piece: Piece | None) -> HttpResponse:
        data = None
        if request.method == "POST":
            require_edit(request)
            data = with_another(request.POST)
        form = self.form_class(data, service=service, piece=piece)
        if request.method == "POST" and "more" not in request.POST and form.is_valid():
            return self._save(request, form)
        problems = problems_of(form) if data is not None and "more" not in request.POST else []
        return self.show(request, form, problems=problems, status=422 if problems else 200)

    def _save(self, request: HttpRequest, form: PieceForm) -> HttpResponse:
        replaced = request.POST.get("replace", "")
        revision = int(replaced) if replaced.isdecimal() else form.cleaned_data["revision"]
        try:
            saved = save(form, by=request.user, revision=revision)
        except Conflict as conflict:
            theirs = link(form.piece) if form.piece and conflict.revision is not None else ""
            shown = {"words": conflict, "theirs": theirs, "revision": conflict.revision}
            shown["differs"] = form.changed_labels() if theirs else []
            return self.show(request, form, conflict=shown, status=409)
        except NotSaved as refused:
            return self.show(request, form, problems=refused.problems, status=422)
        return self._saved(request, form, saved)

    def _saved(self, request: HttpRequest, form: PieceForm, saved: Draft) -> HttpResponse:
        if form.piece is None:
            self.log_addition(request, saved, [{"added": {}}])
        else:
            changed = " · ".join(form.changed_labels())
            self.log_change(request, saved, _("Changed: %s") % changed if changed else _("Saved."))
        messages.success(request, _("Saved in the draft. Visitors get it when it is published."))
        leave = request.POST.get("then") == "leave"
        return HttpResponseRedirect(bot_links(saved_bot(saved))["bot"] if leave else link(saved))

    def show(
        self,
        request: HttpRequest,
        form: PieceForm,
        *,
        problems: Any = (),
        conflict: Any = None,
        status: int = 200,
    ) -> HttpResponse:
        bot, piece = form.service.bot, form.piece
        findings = findings_at(bot, piece) if piece and not form.is_bound else []
        heading = title_of(piece, form.languages[0]) if piece else str(self.words[0])
        return respond(
            request,
            self.template,
            bot,
            heading=heading,
            tab="bot",
            crumbs=[Crumb(str(self.words[1])), Crumb(heading)],
            links=self._links(piece),
            data=self.script_data(form),
            status=status,
            form=form,
            problems=problems,
            conflict=conflict,
            parent=self.parent_of(form.service),
            findings=findings,
            **by_level(findings),
            may_delete=may_delete_bots(request.user),
            secret_names=list(bot.secrets.values_list("name", flat=True)),
            **self.more_context(request, form),
        )

    def script_data(self, form: PieceForm) -> dict[str, Any]:
        """What the page's scripts have to know besides the form."""
        return {}

    def more_context(self, request: HttpRequest, form: PieceForm) -> dict[str, Any]:
        return {}

    def _links(self, piece: Draft | None) -> dict[str, str]:
        if piece is None:
            return {}
        kind, pk = piece._meta.model_name, piece.pk
        return {
            "history": reverse(f"admin:schemas_{kind}_history", args=[pk]),
            "delete": reverse(f"admin:schemas_{kind}_delete", args=[pk]),
            "self": link(piece),
        }

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if not may_delete_bots(request.user):
            raise PermissionDenied
        piece = self.get_object(request, unquote(object_id))
        if piece is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        bot = saved_bot(piece)
        if request.method == "POST":
            return self._delete(request, bot, piece)
        return self._ask_deletion(request, bot, piece)

    def _delete(self, request: HttpRequest, bot: Bot, piece: Piece) -> HttpResponse:
        given = request.POST.get("revision", "")
        name = title_of(piece, (bot.languages or ["en"])[0])
        try:
            pk = piece.pk
            remove(piece, by=request.user, revision=int(given) if given.isdecimal() else None)
        except Conflict as conflict:
            messages.error(request, _("Nothing was deleted. %s") % conflict)
            return HttpResponseRedirect(bot_links(bot)["bot"])
        piece.pk = pk
        self.log_deletions(request, [piece])
        log(request, bot, f"Deleted the {self.opts.verbose_name} “{name}”.")
        messages.success(request, _("“%s” was deleted from the draft.") % name)
        return HttpResponseRedirect(bot_links(bot)["bot"])

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        require_view(request)
        piece = self.get_object(request, unquote(object_id))
        if piece is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return history.page(request, saved_bot(piece), piece)

    def _ask_deletion(self, request: HttpRequest, bot: Bot, piece: Piece) -> HttpResponse:
        title = title_of(piece, (bot.languages or ["en"])[0])
        return respond(
            request,
            "desk/bot/delete.html",
            bot,
            heading=_("Delete “%s”?") % title,
            tab="bot",
            crumbs=[Crumb(title, link(piece)), Crumb(_("Delete"))],
            links={"self": link(piece)},
            piece=piece,
            users=self.users_of(piece),
        )

    def users_of(self, piece: Any) -> list[Crumb]:
        """What would lose the piece, with links."""
        return []


def saved_bot(piece: Any) -> Bot:
    """The bot that a piece belongs to."""
    bot: Bot = piece.bot if isinstance(piece, Service) else piece.service.bot
    return bot


__all__ = ["PieceAdmin", "Viewed", "add_link", "path", "saved_bot"]
