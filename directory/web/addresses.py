"""What may stand in an address of a page."""

from werkzeug.routing import BaseConverter


class Slug(BaseConverter):
    """A name in an address: small letters, digits and single hyphens. Anything else is no address of ours."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"
