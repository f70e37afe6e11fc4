"""What people do with the mirror, the change plan and duties."""
