"""Pages of a provider's handbook: the map, a step, writing. The update desk stands in update.py."""

from . import adoption, edit, guides, impact, map, step, update  # noqa: F401  their routes
from .blueprint import bp

BLUEPRINTS = (bp, update.updates, adoption.bp, impact.bp)
