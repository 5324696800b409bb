"""The door for people: pages. Knows Flask, and neither SQL nor search engines."""

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.foundation.resources import resource
from directory.foundation.settings import Settings
from directory.web import (
    accounts,
    appearance,
    claiming,
    completing,
    crawlers,
    dev_mail,
    exporting,
    health,
    home,
    icons,
    importing,
    lists,
    mine,
    moderation,
    opportunity,
    organisation,
    organisations,
    reading,
    report,
    reports,
    results,
    saved,
    short_addresses,
    signing_in,
    still_open,
    submitting,
    unchecked,
)
from directory.web.access import guard
from directory.web.addresses import Slug
from directory.web.assets import serve_assets
from directory.web.caching import keep_pages_fresh
from directory.web.errors import answer_errors
from directory.web.forms.sent import Sent
from directory.web.journal import keep_journal
from directory.web.saved.keeping import offer_saving
from directory.web.security import protect
from directory.web.visits import keep_visits

# Brotli first: the smallest, and every browser that matters has it.
CODINGS = ["br", "zstd", "gzip"]
COMPRESSED = (
    *("text/html", "text/css", "text/javascript", "text/plain", "application/json", "application/ld+json"),
    *("image/svg+xml", "application/xml", "application/atom+xml", "application/feed+json"),
)

# One entry for each page or group of pages.
PAGES = (
    home.pages,
    results.pages,
    exporting.pages,
    completing.pages,
    opportunity.pages,
    short_addresses.pages,
    organisation.pages,
    reading.pages,
    crawlers.pages,
    health.pages,
    accounts.pages,
    signing_in.pages,
    importing.pages,
    claiming.pages,
    unchecked.pages,
    organisations.pages,
    mine.pages,
    still_open.pages,
    report.pages,
    reports.pages,
    *submitting.PAGES,
    *moderation.PAGES,
    *lists.PAGES,
    *saved.PAGES,
)


def open_web(app: Flask, settings: Settings) -> None:
    """Hang everything the web needs on ``app``. What comes first here sees an answer last."""
    app.config.update(
        COMPRESS_ALGORITHM=CODINGS, COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_BR_LEVEL=5, COMPRESS_STREAMS=False
    )
    app.request_class = Sent
    app.url_map.converters["slug"] = Slug
    keep_journal(app)
    Compress(app)
    keep_visits(app)
    guard(app)
    protect(app, in_production=settings.in_production)
    keep_pages_fresh(app)
    serve_assets(app, resource("static"))
    icons.furnish(app.jinja_env, resource("static") / "icons")
    appearance.offer_appearance(app)
    offer_saving(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    if dev_mail.is_for(settings):
        app.register_blueprint(dev_mail.pages)
    _tell_templates(app, settings)
    answer_errors(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _tell_templates(app: Flask, settings: Settings) -> None:
    """Give every template what it may say about the site itself."""
    app.jinja_env.globals.update(
        site_name=settings.site_name,
        site_address=settings.site_address,
        contact_address=settings.contact_address,
    )
