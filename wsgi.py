"""The web process: gunicorn wsgi:app."""

from parasta_saas.app import check_role, create_app

app = create_app()
check_role(app)
