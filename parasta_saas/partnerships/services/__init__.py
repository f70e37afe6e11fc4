"""What can be done with workplaces, partnerships and first contacts; one file per noun."""

from .contacts import add_contact, invite_contact, welcome_contact
from .enquiries import answer_enquiry, duty_person, promised_limit, send_enquiry
from .partnerships import Begun, begin_partnership, edit_partnership, open_partnership
from .register import Registered, record_workplace, register_workplace
from .timeline import record_entry, write_entry

__all__ = [
    "Begun", "Registered", "add_contact", "answer_enquiry", "begin_partnership", "duty_person", "edit_partnership",
    "invite_contact", "open_partnership", "promised_limit", "record_entry", "record_workplace", "register_workplace",
    "send_enquiry", "welcome_contact", "write_entry",
]  # fmt: skip
