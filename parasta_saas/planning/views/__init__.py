"""Calling a session, and the one page of the table for student, workplace and teacher."""

from . import calling, table  # noqa: F401  their routes
from .doors import bp, guest

BLUEPRINTS = (bp, guest)
