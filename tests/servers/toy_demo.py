"""A demo of toys, run as its own process; arguments: home, and JSON of `[{"name": …, "script": …}, …]`."""

import json
import sys

from parasta_saas.cli.servers import Home, Process, Supervisor


class ToyServer:
    """Notes when it is stopped; falls once when the file `fall` exists."""

    def __init__(self, home: Home, name: str) -> None:
        self.home, self.name = home, name

    def start(self) -> str:
        (self.home.path / "fall").unlink()
        return "toy://"

    def stop(self) -> None:
        with (self.home.path / "order").open("a") as order:
            order.write(f"{self.name}\n")

    def running(self) -> bool:
        return not (self.home.path / "fall").exists()


def main() -> int:
    home = Home.open(sys.argv[1])
    processes = [
        Process(toy["name"], ["sh", "-c", toy["script"]], ready_url=toy.get("ready_url"), stop_seconds=1.0)
        for toy in json.loads(sys.argv[2])
    ]
    servers = [ToyServer(home, "postgres"), ToyServer(home, "redis")]
    return Supervisor(processes, home, servers=servers, first_pause=0.05).run(lambda: print("ready", flush=True))


if __name__ == "__main__":
    raise SystemExit(main())
