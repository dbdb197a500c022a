"""What is known of a visitor, taken from signed data only."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from ..identity import Identity
from ..models import Conversation, Site, Visitor


def known_as(visitor_id: UUID) -> UUID:
    """The visitor that this one turned out to be; itself for most."""
    row = Visitor.objects.filter(pk=visitor_id).values_list("merged_into", flat=True).first()
    return row or visitor_id


@transaction.atomic
def identify(site: Site, visitor_id: UUID, identity: Identity) -> UUID:
    """The visitor to go on as, now that the customer's server has said who it is.

    They keep their conversations on every device, and what they wrote before they were known
    comes along. On a device that somebody else was identified on they get a visitor of their own.
    """
    here = Visitor.objects.filter(pk=visitor_id).first()
    known = Visitor.objects.filter(site=site, subject=identity.subject).first()
    if known is None and here is not None and not here.subject:
        known = here
    if known is None:
        return uuid4() if here is not None else visitor_id
    if here is not None and here != known and not here.subject:
        Conversation.objects.filter(visitor=here).update(visitor=known)
        here.merged_into = known
        here.save()
    apply_identity(known, identity)
    return known.pk


def apply_identity(visitor: Visitor, identity: Identity) -> None:
    """Write what the customer's server signed onto the visitor's row."""
    visitor.subject = identity.subject
    visitor.name = identity.name or visitor.name
    visitor.email = identity.email or visitor.email
    visitor.profile = dict(identity.profile)
    visitor.save()
