"""The blueprint of everything under /o/<organisation>/map."""

from ...tenants.entry import organisation_blueprint

bp = organisation_blueprint("instructions", __name__)
