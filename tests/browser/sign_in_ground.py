"""A server one signs in to, at a provider of the test's own: each person has one group, and each group one role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import ROOT, free_port

RULES = 'reader = ["innsyn"]\neditor = ["prosjekt"]\napprover = ["styring"]\n'
SECRETS = """
[auth]
redirect_uri = "{home}/oauth2callback"
cookie_secret = "a secret of the test, long enough"
client_id = "innenfor"
client_secret = "any"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
GROUPS = {"ola": "innsyn", "kari": "prosjekt", "liv": "styring", "per": "annet"}


def home_in(folder: Path) -> Path:
    """Return a home with the rules of sign-in and nothing else."""
    home = folder / "home"
    home.mkdir()
    (home / "sign_in.toml").write_text(RULES, encoding="utf-8")
    return home


@contextmanager
def served(serve: Callable[..., str], home: Path, **variables: str) -> Iterator[str]:
    """Start the provider and a server with a home, and give the server's address."""
    from oidc_provider_mock import User, run_server_in_thread

    port = free_port()
    users = [User(sub=name, claims={"groups": [group], "name": name.title()}) for name, group in GROUPS.items()]
    with run_server_in_thread(user_claims=users) as provider:
        place = f"http://127.0.0.1:{port}"
        config = home.parent / ".streamlit"
        config.mkdir()
        text = SECRETS.format(home=place, provider=f"http://localhost:{provider.server_port}")
        (config / "secrets.toml").write_text(text, encoding="utf-8")
        yield serve(ROOT, port, HOME=str(home.parent), INNENFOR_HOME=str(home), **variables)


@contextmanager
def signed_in(chromium: BrowserContext, address: str, name: str) -> Iterator[Page]:
    """Give a page of a browser of its own in which somebody (`GROUPS`) has signed in."""
    assert chromium.browser is not None
    context = chromium.browser.new_context()
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{address}/method")
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="Logg ut").wait_for()
    yield page
    context.close()
