"""The blueprints of /o/<organisation>/map, and of the updates with their shelf."""

from ...tenants.entry import organisation_blueprint

bp = organisation_blueprint("instructions", __name__)
updates = organisation_blueprint("updates", __name__)
