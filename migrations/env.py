"""Run migrations on the connection that CollabCare opened; started in any other way, refuse.

The record is encrypted and a migration has to be copied first, done in one transaction and checked, so only
``collabcare.store.migrate`` may start one.
"""

from __future__ import annotations

from alembic import context

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit(
        "Migrations run when CollabCare opens a record; Alembic's own command cannot open one. "
        "To write a migration, see CONTRIBUTING.md."
    )

context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),  # only to write a new migration
    render_as_batch=True,
    compare_type=True,
    on_version_apply=context.config.attributes.get("after_each"),
)
with context.begin_transaction():
    context.run_migrations()
