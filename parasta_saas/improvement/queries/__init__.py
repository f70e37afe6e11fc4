"""What an actor may see of mirrors, of the change plan and of who answers for what."""

from . import mirror, plan, responsibility

__all__ = ["mirror", "plan", "responsibility"]
