"""What the map, the home of every provider, costs: SQL statements, bytes, and time beside /healthz.

    python -m benchmarks.map_page

The time is taken over real HTTP from gunicorn as in production (deploy/gunicorn.conf.py), one request after another.
"""

import gzip
import http.client
import sys
import time

from benchmarks.ground import machine, percentiles, world
from tests import cast as the_cast
from tests.installation import environment, running, wait_until

REQUESTS, WARM_UP = 200, 40
PAGES = {"healthz": "/healthz", "map": "/o/lumo/map", "step": "/o/lumo/map/contact-response"}
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app")


def cost(place, visitor, address: str) -> tuple[int, int, int]:
    """(SQL statements besides set_config, bytes of HTML, bytes gzipped) of one visit that is not the first."""
    visitor.get(address)
    place.statements.clear()
    shown = visitor.get(address).data
    return sum("set_config" not in s for s in place.statements), len(shown), len(gzip.compress(shown))


def times(port: int, cookie: str, address: str) -> list[float]:
    """Seconds of each request over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"parasta={cookie}", "Accept": "text/html", "Accept-Language": "fi"}
    found = []
    for _ in range(WARM_UP + REQUESTS):
        began = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        found.append(time.perf_counter() - began)
        assert answer.status == 200, (address, answer.status)
    return found[WARM_UP:]


def serve_and_measure(place, cookie: str) -> dict[str, tuple[float, float]]:
    port = the_cast.free_port()
    env = environment(place, PORT=str(port))
    with running(GUNICORN, env, place.folder / "gunicorn.log"):
        assert wait_until(lambda: answers(port), 60)
        return {name: percentiles(times(port, cookie, address)) for name, address in PAGES.items()}


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def main() -> None:
    with world() as place:
        aino = place.cast().aino
        costs = {name: cost(place, aino, address) for name, address in PAGES.items() if name != "healthz"}
        found = serve_and_measure(place, aino.client.get_cookie("parasta").value)
    print(machine())
    base, slowest = found["healthz"]
    print(f"/healthz: p50 {base:.1f} ms, p99 {slowest:.1f} ms")
    for name, (statements, size, packed) in costs.items():
        p50, p99 = found[name]
        print(
            f"{PAGES[name]}: {statements} SQL statements, {size:,} bytes ({packed:,} gzipped); "
            f"p50 {p50:.1f} ms ({p50 / base:.1f} × /healthz), p99 {p99:.1f} ms ({p99 / slowest:.1f} ×)"
        )


if __name__ == "__main__":
    main()
