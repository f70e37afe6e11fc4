"""What the tests of this room have in common: how to find a partnership, a valid form, a counted page."""

import re

from tests.visitor import Visitor, form_key

NEW_ID = "9900010-6"  # formally valid, invented, and not in the demo


def partnership_of(visitor: Visitor, provider: str, name: str) -> str:
    """The address of a partnership, from the list."""
    found = re.search(rf'href="([^"]+)">{re.escape(name)}', visitor.get(f"/o/{provider}/partnerships").text)
    assert found, f"{name} is not in the list of {provider}"
    return found[1]


def enquiries_of(visitor: Visitor, provider: str) -> list[str]:
    """Addresses of first contacts in the order of the page, each once."""
    page = visitor.get(f"/o/{provider}/enquiries").text
    return list(dict.fromkeys(re.findall(rf'href="(/o/{provider}/enquiries/[^"]+)"', page)))


def new_workplace(visitor: Visitor, provider: str = "lumo", **changes) -> dict[str, str]:
    """A filled-in form for a workplace that nobody knows yet."""
    key = form_key(visitor.get(f"/o/{provider}/partnerships/new"))
    return {
        "_key": key, "business_id": NEW_ID, "name": "Leipomo Lehto", "town": "Hirsikoski", "field": "Elintarvikeala",
        "contact_name": "Liisa Lehto", "contact_email": "liisa@leipomolehto.example", "contact_phone": "040 555 0121",
        "language": "fi", "invite": "1",
    } | changes  # fmt: skip


def edit_form(visitor: Visitor, address: str, **changes) -> dict[str, str]:
    """The edit form as the page shows it."""
    page = visitor.get(address + "/edit")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    return {"_key": form_key(page), "version": version[1], "stage": "active"} | changes


def letter_form(visitor: Visitor, provider: str = "lumo", **changes) -> dict[str, str]:
    """The five fields of the contact page, filled in."""
    return {
        "_key": form_key(visitor.get(f"/contact/{provider}")), "workplace_name": "Kello ja Kulta",
        "person_name": "Kalle Kello", "email": "kalle@kello.example", "phone": "",
        "words": "Saisimmeko kelloseppäopiskelijan?",
    } | changes  # fmt: skip


def asked(world) -> list[str]:
    """The SQL statements of the last request, without those that only set the scope."""
    return [s for s in world.statements if "set_config" not in s]
