"""Pages of partnerships and first contacts, and the public contact page."""

from . import contact, enquiries, partnerships

BLUEPRINTS = (partnerships.bp, enquiries.bp, contact.bp)
