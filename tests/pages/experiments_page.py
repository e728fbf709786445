"""The experiments page without a browser: one way to open it, for its tests."""

from streamlit.testing.v1 import AppTest

from data import paths

ROOT = paths.ROOT


def opened(page: str = "experiments", **parameters: str) -> AppTest:
    """Run the page, or another, with these parameters in its link."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.query_params.clear()
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.switch_page(f"pages/{page}.py").run()


def told(app: AppTest) -> str:
    """Return all words of the page."""
    parts = [
        *app.markdown,
        *app.info,
        *app.title,
        *app.header,
        *app.subheader,
        *app.caption,
        *app.get("html"),
        *app.code,
    ]
    return " ".join(str(getattr(part, "value", "") or getattr(part.proto, "body", "")) for part in parts)
