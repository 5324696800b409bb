"""Web addresses compared: whose domain it is, what hides where it leads, whether two are the same page."""

from urllib.parse import SplitResult, urlsplit

# The second-level domains under .uk (and a few others) that people register names under.
SHARED_ENDS = frozenset(
    "co.uk ac.uk org.uk gov.uk nhs.uk sch.uk ltd.uk plc.uk me.uk net.uk police.uk mod.uk com.au co.nz co.za".split()
)
SHORTENERS = frozenset(
    (
        "bit.ly tinyurl.com t.co ow.ly goo.gl is.gd buff.ly cutt.ly rebrand.ly shorturl.at tiny.cc rb.gy lnkd.in "
        "t.ly bitly.com snip.ly bl.ink dub.sh v.gd shorte.st s.id qrco.de linktr.ee"
    ).split()
)
# Where organisations rightly send people to apply.
PORTALS = frozenset(
    (
        "jobs.nhs.uk healthjobsuk.com trac.jobs gov.uk gov.wales gov.scot jobs.ac.uk apprenticeships.scot ucas.com "
        "myworkdayjobs.com workday.com greenhouse.io lever.co teamtailor.com smartrecruiters.com workable.com "
        "taleo.net icims.com successfactors.eu oraclecloud.com successfactors.com eploy.net hireful.co.uk current- "
        "vacancies.com tal.net networxrecruitment.com stonefish.co.uk jobtrain.co.uk ashbyhq.com recruitee.com "
        "bamboohr.com pinpointhq.com peoplehr.net eventbrite.co.uk eventbrite.com springpod.com forage.com "
        "theforage.com futurelearn.com coursera.org forms.office.com jisc.ac.uk ukri.org findaphd.com "
        "nhsbsa.nhs.uk"
    ).split()
)


def split(url: str) -> SplitResult:
    """Part an address; an empty one when it can't be read."""
    try:
        parts = urlsplit(url.strip() if "://" in url else f"https://{url.strip()}")
        parts.hostname  # noqa: B018 - raises when it is none
    except ValueError:
        return urlsplit("")
    return parts


def host(url: str) -> str:
    """Give the host of an address, without "www."."""
    return (split(url).hostname or "").rstrip(".").removeprefix("www.")


def owner(url: str) -> str:
    """Give the domain that somebody registered: ``apply.crick.ac.uk`` is ``crick.ac.uk``."""
    labels = host(url).split(".")
    kept = 3 if ".".join(labels[-2:]) in SHARED_ENDS else 2
    return ".".join(labels[-kept:])


def is_among(url: str, domains: frozenset[str]) -> bool:
    """Say whether an address belongs to one of ``domains``."""
    name = host(url)
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def page(url: str) -> str:
    """Give what makes two addresses the same page: host, path and query, without "www.", the scheme or a last slash."""
    parts = split(url)
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not part.startswith("utm_")))
    shown = f"{host(url)}{parts.path.rstrip('/')}"
    return f"{shown}?{query}" if query else shown


def is_front_page(url: str) -> bool:
    """Say whether an address is only a site's front page."""
    return split(url).path.strip("/").lower() in ("", "index.html", "home", "en", "en-gb") and not split(url).query
