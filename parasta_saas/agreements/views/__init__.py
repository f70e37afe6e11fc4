"""Agreements for members of both sides, and the doors without an account: signing, notice, verification."""

from . import index, making, signing_here  # noqa: F401  their routes
from .guests import notice, signing
from .show import bp
from .verification import bp as verification

BLUEPRINTS = (bp, signing, notice, verification)
