"""The web process: gunicorn wsgi:app."""

import sys

from parasta_saas.app import WrongRole, check_role, create_app
from parasta_saas.core.settings import SettingsError

CANNOT_START = 3  # gunicorn's own code for a worker that can't start: it stops and doesn't try for ever

try:
    app = create_app()
    check_role(app)
except (SettingsError, WrongRole) as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(CANNOT_START)
