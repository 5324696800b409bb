"""What Alembic runs: the connection, and the models to compare with, are handed over by the package."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator, TypeEngine


def plain_type(kind: str, item: Any, _autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain types beneath them, so that a revision never needs today's code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        beneath: TypeEngine[Any] = item.impl_instance
        return f"sa.{beneath!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
