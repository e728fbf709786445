"""The names behind the opaque ids: one table beside the log, which may be read out and erased without touching it."""

import secrets
from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from data.records import database
from data.records.said import hash_of
from data.records.schema import PERSON


def id_of(url: str, subject: str, name: str) -> str:
    """Return the opaque id of whoever signed in, made the first time. subject: the provider's own name for them."""
    known = select(PERSON.c.id).where(PERSON.c.subject == hash_of(subject))
    if database.is_there(url):
        with database.reading(url) as connection:
            found = connection.execute(known).scalar()
        if found is not None:
            return str(found)
    with database.writing(url) as connection:
        found = connection.execute(known).scalar() or f"u-{secrets.token_hex(8)}"
        if connection.execute(known).scalar() is None:
            connection.execute(insert(PERSON).values(id=found, subject=hash_of(subject), name=name))
    return str(found)


def names(url: str) -> Mapping[str, str]:
    """Return the names by id, for those who may know them."""
    if not database.is_there(url):
        return {}
    with database.reading(url) as connection:
        rows = connection.execute(select(PERSON.c.id, PERSON.c.name).order_by(PERSON.c.id)).all()
    return {row.id: row.name for row in rows}


def forget(url: str, known: str) -> None:
    """Erase a name: its id in the log is nobody's from then on."""
    with database.writing(url) as connection:
        connection.execute(delete(PERSON).where(PERSON.c.id == known))
    database.forget_erased(url)
