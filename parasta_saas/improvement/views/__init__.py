"""Pages of the mirror, its workshops, the change plan and duties."""

from . import actions, door, mirrors, plan, responsibilities, workshops

BLUEPRINTS = (mirrors.bp, workshops.bp, door.bp, plan.bp, actions.bp, responsibilities.bp)
