"""The engines there are, and which one the settings ask for."""

from directory.foundation.settings import EngineName, Settings
from directory.search.engine import SearchEngine
from directory.search.engines.memory import MemoryEngine
from directory.search.engines.whoosh import WhooshEngine


def choose(settings: Settings) -> SearchEngine:
    """Make the engine that the settings name; an index on disk lives in the data folder."""
    match settings.search_engine:
        case EngineName.MEMORY:
            return MemoryEngine()
        case EngineName.WHOOSH:
            return WhooshEngine(settings.data_folder / "index")
