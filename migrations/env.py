"""Alembic's entry: migrations run as parasta_owner, over MIGRATION_DATABASE_URL."""

from alembic import context
from sqlalchemy import create_engine, pool

from parasta_saas.models import metadata


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            compare_type=True,
            include_name=lambda name, kind, parents: not (kind == "table" and name == "alembic_version"),
        )
        with context.begin_transaction():
            context.run_migrations()


run()
