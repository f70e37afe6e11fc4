"""Pages of a provider's handbook: the map, a step, writing. The update desk stands in update.py."""

from . import adoption, edit, guides, impact, map, shelf, step, update  # noqa: F401  their routes
from .blueprint import bp, updates

BLUEPRINTS = (bp, updates, adoption.bp, impact.bp)
