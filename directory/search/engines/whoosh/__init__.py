"""Whoosh's index, answered from arrays: Whoosh keeps words, commits and segments; numpy matches, counts and orders."""

from directory.search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
