"""Parsers of slot values, one for each type of slot.

They are total: any text gives values, refusals or nothing, in time linear in its length.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...schema import SlotType
from ..values import Parser
from .choice import ChoiceParser
from .dates import DateParser
from .email import EmailParser
from .location import LocationParser
from .money import MoneyParser
from .numbers import NumberParser
from .pattern import PatternParser
from .person import PersonParser
from .phone import PhoneParser
from .ranges import RangeParser
from .text import TextParser
from .times import TimeParser
from .yes_no import YesNoParser

PARSERS: Mapping[SlotType, Parser] = {
    "text": TextParser(),
    "choice": ChoiceParser(),
    "number": NumberParser(),
    "money": MoneyParser(),
    "date": DateParser(),
    "time": TimeParser(),
    "date_range": RangeParser(),
    "email": EmailParser(),
    "phone": PhoneParser(),
    "yes_no": YesNoParser(),
    "pattern": PatternParser(),
    "person": PersonParser(),
    "location": LocationParser(),
}
