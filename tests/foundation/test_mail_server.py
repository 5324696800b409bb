"""A mail server is spoken to encrypted, and what it doesn't take is an error to try again after."""

import smtplib
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from directory.foundation.mail import Message, SmtpMailer

US = Address(display_name="Way In", addr_spec="no-reply@wayin.example")
HELLO = Message("sam@school.example", "Hello", "Hello, Sam.\n", "<p>Hello, Sam.</p>")

Serve = Callable[..., "Server"]


class Server(Controller):
    """A mail server of our own on a free port: what it took, and who signed in."""

    def __init__(self, *, says: str = "250 OK", is_encrypted: bool = False, **options: Any) -> None:
        self.took: list[Envelope] = []
        self.says = says
        self.signed_in: list[LoginPassword] = []
        self._is_encrypted = is_encrypted
        self._options = options
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        super().__init__(self, hostname="127.0.0.1", port=port, ssl_context=options["tls"] if is_encrypted else None)

    def factory(self) -> SMTP:
        tls = None if self._is_encrypted else self._options.get("tls")
        return SMTP(self, tls_context=tls, authenticator=self._authenticate, hostname="mail.example")

    def _authenticate(self, _server: object, _session: object, _envelope: object, _way: str, data: Any) -> AuthResult:
        self.signed_in.append(data)
        return AuthResult(success=data == LoginPassword(b"us@wayin.example", b"open sesame"), handled=False)

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        self.took.append(envelope)
        return self.says

    def url(self, scheme: str, who: str = "") -> str:
        return f"{scheme}://{who}localhost:{self.port}"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this run's own for localhost, with its key in the same file."""
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    command += f" -addext subjectAltName=DNS:localhost -keyout {file} -out {file}.crt"
    try:
        subprocess.run(command.split(), check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl on this machine to make a certificate with")
    with file.open("a") as both:
        both.write(Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def theirs(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def ours(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=f"{certificate}.crt")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts mail servers, which are stopped at the end."""
    started: list[Server] = []

    def serve(**options: Any) -> Server:
        server = Server(**options)
        server.start()
        started.append(server)
        return server

    yield serve
    for server in started:
        server.stop()


def test_a_server_on_our_own_network_takes_it_as_it_is(serve: Serve) -> None:
    server = serve()
    SmtpMailer(server.url("smtp+plain"), US).send(HELLO)
    (taken,) = server.took
    assert (taken.mail_from, taken.rcpt_tos) == ("no-reply@wayin.example", ["sam@school.example"])
    assert isinstance(taken.content, bytes)
    assert b"Auto-Submitted: auto-generated" in taken.content


def test_it_is_encrypted_before_anything_is_said(serve: Serve, theirs: ssl.SSLContext, ours: ssl.SSLContext) -> None:
    server = serve(tls=theirs)
    SmtpMailer(server.url("smtp", "us%40wayin.example:open%20sesame@"), US, ours).send(HELLO)
    assert len(server.took) == 1
    assert server.signed_in == [LoginPassword(b"us@wayin.example", b"open sesame")]


def test_it_can_be_encrypted_from_the_start(serve: Serve, theirs: ssl.SSLContext, ours: ssl.SSLContext) -> None:
    server = serve(tls=theirs, is_encrypted=True)
    SmtpMailer(server.url("smtps"), US, ours).send(HELLO)
    assert len(server.took) == 1


def test_a_server_that_cannot_encrypt_is_told_nothing(serve: Serve) -> None:
    server = serve()
    with pytest.raises(OSError, match="STARTTLS"):
        SmtpMailer(server.url("smtp", "us:sesame@"), US).send(HELLO)
    assert (server.took, server.signed_in) == ([], [])


def test_a_server_whose_certificate_does_not_hold_is_told_nothing(serve: Serve, theirs: ssl.SSLContext) -> None:
    server = serve(tls=theirs)
    with pytest.raises(ssl.SSLCertVerificationError):
        SmtpMailer(server.url("smtp", "us:sesame@"), US).send(HELLO)
    assert (server.took, server.signed_in) == ([], [])


def test_a_password_that_is_wrong_is_an_error(serve: Serve, theirs: ssl.SSLContext, ours: ssl.SSLContext) -> None:
    server = serve(tls=theirs)
    with pytest.raises(smtplib.SMTPAuthenticationError):
        SmtpMailer(server.url("smtp", "us:sesame@"), US, ours).send(HELLO)
    assert server.took == []


@pytest.mark.parametrize("says", ["451 Later", "550 Never"])
def test_what_a_server_does_not_take_is_an_error(serve: Serve, says: str) -> None:
    with pytest.raises(OSError, match=says[4:]):
        SmtpMailer(serve(says=says).url("smtp+plain"), US).send(HELLO)


def test_a_server_that_is_away_or_says_nothing_is_an_error_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        began = time.monotonic()
        with pytest.raises(OSError, match="timed out"):
            SmtpMailer(f"smtp+plain://127.0.0.1:{port}", US, seconds=0.2).send(HELLO)
        assert time.monotonic() - began < 5
    with pytest.raises(ConnectionRefusedError):
        SmtpMailer(f"smtp+plain://127.0.0.1:{port}", US).send(HELLO)
