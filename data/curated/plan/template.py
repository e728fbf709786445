"""The spreadsheet people fill in: made from the same columns the reader checks, so that the two cannot drift apart."""

import io

from data.curated.plan.cells import SHEET
from data.curated.plan.form import PlanColumn, PlanForm, plan_form
from data.i18n import say

_WIDTH, _WIDE = 16, 32
_FIRST_ROW, _LAST_ROW = 3, 202


def plan_template(lang: str) -> bytes:
    """Return an empty plan as a workbook: the sheet to fill in, with lists of what may be chosen, and a guide."""
    import xlsxwriter

    target, form = io.BytesIO(), plan_form()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(say("data", lang, "plan.guide"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#f3f6f8"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, say("data", lang, "plan.title", version=form.version), book.add_format({"bold": True}))
        sheet.write_string(1, 0, say("data", lang, "plan.how"))
        sheet.freeze_panes(_FIRST_ROW, 2)
        for place, column in enumerate(form.columns):
            sheet.set_column(place, place, _WIDE if column.kind == "text" and place else _WIDTH, wrap)
            sheet.write_string(2, place, column.label[lang] + (" *" if column.required else ""), head)
            if column.kind == "choice":
                words = [each[lang] for each in form.words[column.key].values()]
                sheet.data_validation(_FIRST_ROW, place, _LAST_ROW, place, {"validate": "list", "source": words})
        guide.set_column(0, 0, _WIDE)
        guide.set_column(1, 1, 2 * _WIDE, wrap)
        for number, row in enumerate(_guide(form, lang)):
            for place, content in enumerate(row):
                guide.write_string(number, place, content, head if number == 0 else wrap)
    return target.getvalue()


def _guide(form: PlanForm, lang: str) -> list[tuple[str, str]]:
    heading = (say("data", lang, "plan.column"), say("data", lang, "plan.content"))
    return [heading, *((each.label[lang], _helped(each, lang)) for each in form.columns)]


def _helped(column: PlanColumn, lang: str) -> str:
    needed = say("data", lang, "plan.needed" if column.required else "plan.optional")
    return f"{column.help[lang]} {needed}"
