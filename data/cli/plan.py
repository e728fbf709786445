"""`python -m data check FILE --source plan`: what is told of a plan without problems."""

import json
from pathlib import Path

from data.curated.plan.read import read_plan
from data.i18n import say
from data.ingest.contract import Problem


def plan_answer(path: Path, lang: str, *, as_json: bool) -> str:
    """Return what is told of a plan that is fine. Raises `Problems` with every fault and its cell."""
    if not path.is_file():
        raise Problem(code="no_such_file", file=str(path), expected="file", found="–")
    plan = read_plan(path)
    facts = {"file": plan.file, "layout": f"plan_{plan.version}", "rows": len(plan.rows)}
    title = say("data", lang, "plan.title", version=plan.version)
    if as_json:
        return json.dumps({"ok": True, "problems": [], **facts, "title": title, "notes": []}, ensure_ascii=False)
    return say("data", lang, "cli.fine", **facts, title=title)
