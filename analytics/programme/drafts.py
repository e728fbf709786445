"""Drafts of what is written into the room: kept where the municipality's own lies."""

from data.curated.drafts import drop, keep, kept

__all__ = ["drop", "keep", "kept"]
