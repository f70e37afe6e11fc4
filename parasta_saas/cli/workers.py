"""The worker and the scheduler as long-running processes."""

import gc
import logging
import signal
import threading
import time
from contextlib import suppress

from flask import Flask
from redis.exceptions import RedisError
from rq import Worker
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import configure_mappers

from ..core import daily, failpoints, i18n, jobs
from ..core.db import db

log = logging.getLogger(__name__)
LOCK = 7_203_411  # advisory lock: one scheduler at a time


class ParastaWorker(Worker):
    """RQ's forking worker; a child opens database connections of its own."""

    def main_work_horse(self, *args, **kwargs):
        failpoints.in_child()
        with jobs.bound().app_context():
            db.engine.dispose(close=False)
        return super().main_work_horse(*args, **kwargs)


def run_worker(app: Flask, *, burst: bool = False) -> bool:
    """Work until told to stop; True when stopped on purpose. A worker that Redis left in the middle begins again."""
    jobs.bind(app)
    failpoints.arm(app.config["PARASTA_FAILPOINT"])
    queue = jobs.queue(app)
    _warm_up(app)
    begun = False
    while True:
        try:
            worker = ParastaWorker(
                [queue], connection=jobs.connection(app), serializer=queue.serializer, worker_ttl=45,
                maintenance_interval=30,
            )  # fmt: skip
            begun = True
            worker.work(burst=burst, logging_level="WARNING")
            if burst or worker._shutdown_requested_date:
                return True
        except RedisError as problem:
            if burst or not begun:
                raise  # it never was there: an error in the settings
            log.warning("worker_waits", extra={"problem": type(problem).__name__})
        for number in (signal.SIGTERM, signal.SIGINT):  # the worker that is gone can't be asked to stop
            signal.signal(number, signal.SIG_DFL)
        time.sleep(app.config["SWEEP_SECONDS"])


def _warm_up(app: Flask) -> None:
    """Do once here what the child of every job would do again: it is a copy of this process."""
    for language in i18n.LANGUAGES:
        i18n.catalog(language)
    configure_mappers()
    with app.app_context(), suppress(OperationalError):  # a database that is down now is asked again by the child
        app.jinja_env.get_template("mail/_layout.html")
        db.session.execute(text("select 1"))
        db.session.remove()
    gc.freeze()  # the child's collector leaves alone what it shares with its parent


def run_scheduler(app: Flask) -> None:
    """Sweep every few seconds under an advisory lock, so that a second scheduler waits."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with app.app_context():
        while not stop.is_set():
            try:
                _sweep_while_locked(app, stop)
            except (OperationalError, RedisError, OSError) as problem:
                log.warning("scheduler_waits", extra={"problem": type(problem).__name__})
                db.session.remove()
            stop.wait(app.config["SWEEP_SECONDS"])


def _sweep_while_locked(app: Flask, stop: threading.Event) -> None:
    with db.engine.connect() as connection:
        if not connection.scalar(text("select pg_try_advisory_lock(:n)"), {"n": LOCK}):
            return
        connection.commit()
        while not stop.is_set():
            connection.execute(text("select 1"))
            connection.commit()
            daily.begin_day()
            jobs.sweep()
            stop.wait(app.config["SWEEP_SECONDS"])
