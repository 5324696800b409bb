"""Every table of the house in one place: whoever needs them all imports this."""

import directory.catalogue.models
import directory.organisations.models  # noqa: F401
from directory.foundation.database import Base

metadata = Base.metadata
