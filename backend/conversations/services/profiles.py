"""What is known of a visitor, taken from signed data only."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from ..identity import Identity
from ..models import Conversation, Site, Visitor


@transaction.atomic
def identify(site: Site, visitor_id: UUID, identity: Identity) -> UUID:
    """The visitor to go on as, now that the customer's server has said who it is.

    They keep their conversations on every device, and what they wrote before they were known
    comes along. On a device that somebody else was identified on they get a visitor of their own.
    """
    here = Visitor.objects.filter(pk=visitor_id).first()
    known = Visitor.objects.filter(site=site, subject=_storable(identity.subject)).first()
    if known is None and here is not None and not here.subject:
        known = here
    if known is None:
        return uuid4() if here is not None else visitor_id
    if here is not None and here != known and not here.subject:
        Conversation.objects.filter(visitor=here).update(visitor=known)
    apply_identity(known, identity)
    return known.pk


def apply_identity(visitor: Visitor, identity: Identity) -> None:
    """Write what the customer's server signed onto the visitor's row."""
    visitor.subject = _storable(identity.subject)
    visitor.name = identity.name or visitor.name
    visitor.email = identity.email or visitor.email
    visitor.profile = _storable(dict(identity.profile))
    visitor.save()


def _storable(value: Any) -> Any:
    """PostgreSQL takes no NUL, in JSON either."""
    return json.loads(json.dumps(value).replace("\\u0000", ""))
