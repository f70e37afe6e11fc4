"""The demo's PostgreSQL survives what happens to a laptop."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from parasta_saas.cli.servers import Home, Postgres, ServerError


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def test_starts_with_the_extensions_and_a_password(postgres: Postgres) -> None:
    with connect(postgres.start()) as connection:
        for extension in ("pg_trgm", "unaccent", "citext"):
            connection.execute(f"create extension {extension}")
        assert connection.execute("select unaccent(lower('ÄÖ'))").fetchone() == ("ao",)
        assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("show max_connections").fetchone() == ("200",)


def test_a_wrong_password_is_refused(postgres: Postgres, home: Home) -> None:
    url = postgres.start().replace(home.secret("postgres"), "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(url)


def test_password_and_data_are_closed_to_others(postgres: Postgres, home: Home) -> None:
    postgres.start()
    assert stat.S_IMODE((home.path / "postgres.password").stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.place.data.stat().st_mode) == 0o700
    assert not list(postgres.place.folder.glob("*.password"))


def test_starting_again_attaches_to_the_same_server(postgres: Postgres, home: Home) -> None:
    url = postgres.start()
    pid = (postgres.place.data / "postmaster.pid").read_text()

    assert Postgres(home).start() == url
    assert (postgres.place.data / "postmaster.pid").read_text() == pid


def test_after_kill_9_it_starts_on_the_same_port_with_its_data(
    postgres: Postgres, kill_9: Callable[[Path], None]
) -> None:
    url = postgres.start()
    with connect(url) as connection:
        connection.execute("create table kept as select 42 as answer")
        connection.execute("checkpoint")
    kill_9(postgres.place.data / "postmaster.pid")
    assert not postgres.running()

    assert postgres.start() == url
    with connect(url) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)


def test_a_stale_pid_file_with_a_number_in_use_by_another_program_is_no_server(postgres: Postgres) -> None:
    postgres.start()
    file = postgres.place.data / "postmaster.pid"
    lines = file.read_text().splitlines()
    postgres.stop()
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert not postgres.running()
    with connect(postgres.start()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_stop_is_clean_and_may_be_repeated(postgres: Postgres, home: Home) -> None:
    postgres.start()
    postgres.stop()
    postgres.stop()

    assert not postgres.running()
    assert not (postgres.place.data / "postmaster.pid").exists()
    assert home.log("postgres").read_text().rstrip().endswith("database system is shut down")


def test_another_port_is_taken_when_the_remembered_one_is_busy(postgres: Postgres, home: Home) -> None:
    postgres.start()
    postgres.stop()
    with socket.create_server(("127.0.0.1", int((home.path / "postgres.port").read_text()))) as other:
        url = postgres.start()
        assert str(other.getsockname()[1]) not in url
        with connect(url) as connection:
            assert connection.execute("select 1").fetchone() == (1,)


def test_data_of_another_major_version_is_named_and_kept(postgres: Postgres) -> None:
    postgres.start()
    postgres.stop()
    version = postgres.place.data / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")
    try:
        with pytest.raises(ServerError, match=r"data in .* is of PostgreSQL 9"):
            postgres.start()
    finally:
        version.write_text(kept)


def test_destroy_leaves_nothing_of_the_data(postgres: Postgres) -> None:
    postgres.start()
    postgres.destroy()

    assert not postgres.place.folder.exists()
    with connect(postgres.start()) as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)
