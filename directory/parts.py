"""What the running product is made of."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from directory.foundation.settings import Settings
from directory.places.gazetteer import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.living import LivingVocabulary
from directory.search.reading import Vocabulary


@dataclass(frozen=True, slots=True)
class Parts:
    """The collaborators everything is handed; made once by ``app.assemble``."""

    settings: Settings
    database: Engine
    sessions: sessionmaker[Session]
    search: SearchEngine
    gazetteer: Gazetteer
    words: LivingVocabulary

    @property
    def vocabulary(self) -> Vocabulary:
        """Give what words come to, as people have it now."""
        return self.words.now()
