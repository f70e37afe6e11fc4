"""Good morning on which day. Pure."""

from datetime import datetime

from babel.dates import format_date

from ..core.clock import local
from ..core.formats import LOCALES
from ..core.i18n import _, language

DAY = {"fi": "cccc d. MMMM", "sv": "cccc d MMMM", "en": "cccc d MMMM"}


def greeting(name: str, moment: datetime) -> str:
    """By the hour in Finland, with the first name."""
    first, hour = (name.split() or [""])[0], local(moment).hour
    if hour < 10:
        return _("Good morning, %(name)s", name=first)
    if hour < 17:
        return _("Hello, %(name)s", name=first)
    return _("Good evening, %(name)s", name=first)


def day_in_words(moment: datetime) -> str:
    """tiistai 24. marraskuuta, tisdag 24 november, Tuesday 24 November."""
    code = language()
    return format_date(local(moment).date(), DAY[code], locale=LOCALES[code])
