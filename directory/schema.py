"""Every table of the house in one place: whoever needs them all imports this."""

import directory.accounts.models
import directory.catalogue.models
import directory.foundation.letters
import directory.lists.models
import directory.organisations.models
import directory.submissions.models  # noqa: F401
from directory.foundation.database import Base

metadata = Base.metadata
