"""Where the files that are not code live: inside the package once installed, beside it in a checkout."""

from pathlib import Path
from tempfile import TemporaryFile

from platformdirs import user_data_path

from directory.foundation.refusals import Misconfigured

PACKAGE = Path(__file__).resolve().parent.parent
BESIDE = PACKAGE.parent


def checkout() -> Path | None:
    """Give the checkout this code runs from, or None when it was installed from a wheel."""
    return BESIDE if (BESIDE / "pyproject.toml").is_file() else None


def resource(name: str) -> Path:
    """Find the folder ``name`` (``templates``, ``static``, ``seed_data``): inside the package first, then beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else BESIDE / name


def usual_data_folder() -> Path:
    """Say where the data goes unless a setting says otherwise."""
    beside = checkout()
    return beside / "data" if beside else user_data_path("wayin", appauthor=False)


def furnish(folder: Path) -> None:
    """Make ``folder`` if need be and make sure it can be written to; raises Misconfigured when it can't."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise Misconfigured(
            f"The data folder {folder} can't be written to ({problem.strerror}); WAYIN_DATA_FOLDER can name another."
        ) from None
