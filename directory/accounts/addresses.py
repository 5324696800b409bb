"""What counts as somebody's email address, and the one way in which it is written down."""

from email_validator import EmailNotValidError, validate_email


def email_address(typed: str) -> str | None:
    """Give an address as it is kept, in small letters and ready to be written to; None for what can't be one.

    Nothing is asked of the network: whether anybody reads it shows when they open the email.
    """
    try:
        # Special-use domains such as .example are allowed: whoever tries the product out uses them.
        read = validate_email(
            typed.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except EmailNotValidError:
        return None
    address = (read.ascii_email or "").lower()
    return address if "." in address.rpartition("@")[2] else None
