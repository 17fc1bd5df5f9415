"""Who asks a server: the password is shown only where, and in the way, that the server wants it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from pyfwgraph.errors import StoreError

if TYPE_CHECKING:
    from email.message import Message


class Login:
    """A user of a server; an empty name for none.

    >>> login = Login("http://localhost/", "me", "secret")
    >>> login.proof("GET", "http://localhost/") is None
    True
    """

    def __init__(self, url: str, user: str = "", password: str = "") -> None:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, user, password)
        self._digest = HTTPDigestAuthHandler(passwords)
        self._challenge: dict[str, str] | None = None
        self._basic = ""
        self._user, self._password = user, password

    def take(self, headers: Message) -> bool:
        """Take a server's challenge, by which the next requests prove who asks; false where there is no user.

        Raises:
            StoreError: The server wants another kind of log-in than HTTP's Basic or Digest.
        """
        if not self._user:
            return False
        challenges = {way.partition(" ")[0].lower(): way for way in headers.get_all("WWW-Authenticate") or []}
        if "digest" in challenges:
            self._challenge = parse_keqv_list(parse_http_list(challenges["digest"].partition(" ")[2]))
        elif "basic" in challenges:
            self._basic = "Basic " + b64encode(f"{self._user}:{self._password}".encode()).decode("ascii")
        elif challenges:
            raise StoreError(
                f"the server wants a log-in by {', '.join(challenges)}: only Basic and Digest are known here"
            )
        return bool(challenges)

    def proof(self, method: str, url: str) -> str | None:
        """Give the Authorization header for a request, once the server has asked for one."""
        if self._challenge is None:
            return self._basic or None
        try:
            shown = self._digest.get_authorization(Request(url, method=method), self._challenge)
        except ValueError as error:
            raise StoreError(f"no proof of the password can be made as the server wants it ({error})") from None
        return f"Digest {shown}"
