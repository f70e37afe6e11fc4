"""How a provider gets better: the mirror against the national map, and the change plan that grows from it."""
