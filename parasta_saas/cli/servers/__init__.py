"""The servers of `make demo` and `make test`: PostgreSQL, Redis, and the supervisor of the processes."""

from parasta_saas.cli.servers.child import Process
from parasta_saas.cli.servers.home import Home, ServerError, port_is_free
from parasta_saas.cli.servers.postgres import Postgres
from parasta_saas.cli.servers.redis import Redis
from parasta_saas.cli.servers.supervisor import Supervisor

__all__ = ["Home", "Postgres", "Process", "Redis", "ServerError", "Supervisor", "port_is_free", "reset"]


def reset(home: Home) -> None:
    """Stop both servers and delete their data, passwords and ports, and all logs.

    Raises ServerError while a demo runs (it holds the lock `demo`).
    """
    with home.lock("demo", seconds=0):
        Postgres(home).destroy()
        Redis(home).destroy()
        for pattern in ("*.password", "*.port", "*.lock", "logs/*"):
            for file in home.path.glob(pattern):
                file.unlink()
