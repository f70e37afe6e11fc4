"""Pages of the national reference process: the map for all, the studio for the national body."""

from . import pages, studio

BLUEPRINTS = (pages.bp, pages.public, studio.bp)
