"""The staff's list of answers, and the one page of a question behind two doors."""

from . import pulse, staff

BLUEPRINTS = (staff.bp, pulse.bp, pulse.public)
