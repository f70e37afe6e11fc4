"""Ten releases at once beside one, for the same handbooks with the database.

    python -m benchmarks.rolling [tenants]

Every provider has own words on 40 of 51 steps and follows 1.0. Half of them are offered the next release, half the one
ten releases later, one after the other in turn: each rewords a sentence in 12 steps, the ten together nearly all.
Milliseconds and processor time of this process for one provider: read, compose, merge, write, chain, commit.
"""

import random
import statistics
import sys
import time

from benchmarks.ground import machine, world
from parasta_saas.cli.demo.acting import system_at
from parasta_saas.instructions.services.offering import offer_update
from parasta_saas.reference import queries as reference
from tests.faults.providers import open_many, publish, reword_draft

OWN, RELEASES, STEPS = 40, 10, 12
CLONED = (
    "insert into reference_release select (jsonb_populate_record(r, jsonb_build_object('id', uuidv7(),"
    " 'number', %s::text, 'based_on_id', r.id, 'sha256', md5(%s::text),"
    " 'released_at', r.released_at + interval '1 second'))).* from reference_release r where number = %s returning id"
)
STEPS_CLONED = (
    "insert into reference_step select (jsonb_populate_record(s, jsonb_build_object('id', uuidv7(), 'release_id',"
    " %s::uuid, 'released_at', s.released_at + interval '1 second', 'guidance', case when s.key = any(%s)"
    " then s.guidance || jsonb_build_object('fi', (s.guidance ->> 'fi') || %s::text) else s.guidance end))).*"
    " from reference_step s join reference_release r on r.id = s.release_id where r.number = %s"
)


def add_releases(place) -> str:
    """Releases 1.2 to 1.10 after 1.1, each with other steps reworded; the number of the last."""
    chance = random.Random(11)
    with place.superuser_connection() as above, above.transaction():
        above.execute("set local session_replication_role = replica")
        keys = [row[0] for row in above.execute("select distinct key from reference_step order by 1").fetchall()]
        for n in range(2, RELEASES + 1):
            before, number = f"1.{n - 1}", f"1.{n}"
            release = above.execute(CLONED, (number, number, before)).fetchone()[0]
            words = f" Kirjaa myös kohta {n}."
            above.execute(STEPS_CLONED, (release, chance.sample(keys, STEPS), words, before))
    return number


def offer(slug: str, number: str) -> tuple[float, float]:
    """(milliseconds, of them processor time of this process) until one provider has its offer."""
    wall, cpu = time.perf_counter(), time.process_time()
    with system_at(slug) as actor:
        assert offer_update(actor, reference.release_numbered(number))
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def main() -> None:
    tenants = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with world() as place:
        place.dirty = True
        place.refresh()
        open_many(place, tenants + 4, own=OWN)
        reword_draft(place, STEPS)
        publish()
        last = add_releases(place)
        found: dict[str, list[tuple[float, float]]] = {"1.1": [], last: []}
        for n in range(1, tenants + 1):
            number = ("1.1", last)[n % 2]
            found[number].append(offer(f"p{n}", number))
        asked = _asked(place)
    print(machine())
    middle = {number: [statistics.median(each) for each in zip(*times, strict=True)] for number, times in found.items()}
    for number, (wall, cpu) in middle.items():
        print(f"to {number}: {wall:.1f} ms, processor {cpu:.1f} ms; items and questions {asked[number]}")
    wall, cpu = (ten / one for one, ten in zip(middle["1.1"], middle[last], strict=True))
    print(f"ten releases beside one: {wall:.2f} × in time, {cpu:.2f} × in processor time")


def _asked(place) -> dict[str, tuple[int, int]]:
    with place.superuser_connection() as above:
        rows = above.execute(
            "select number, count(*) / count(distinct update_id), count(*) filter (where kind = 'conflict')"
            " / count(distinct update_id) from update_item i join national_update u on u.id = i.update_id"
            " and u.tenant_id = i.tenant_id group by 1"
        ).fetchall()
    return {number: (items, questions) for number, items, questions in rows}


if __name__ == "__main__":
    main()
