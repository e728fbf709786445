"""What a file is that is no table of figures: told by its first bytes and its parts, never by its name alone."""

import io
import re
import zipfile

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_KINDS = (
    ("EncryptedPackage", "password"),
    ("__substg1.0_", "mail_file"),
    ("WordDocument", "document_file"),
    ("PowerPoint Document", "document_file"),
)
_PARTS = (
    ("word/document.xml", "document_file"),
    ("ppt/presentation.xml", "document_file"),
    ("xl/workbook.bin", "binary_workbook"),
)
_OPEN_DOCUMENT = (("spreadsheet", "open_spreadsheet"), ("text", "document_file"), ("presentation", "document_file"))
_HTML = re.compile(rb"^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)\b", re.I | re.S)
_MAIL = re.compile(rb"^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to): ", re.I)
_HEAD = 4096


def foreign_kind(content: bytes) -> str:
    """Return the code of the problem a file's kind is, "" where it may be a table: a workbook, a text or Parquet."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF"):
        return "pdf_file"
    if content.startswith(_OLE):
        return next((code for word, code in _OLE_KINDS if word.encode("utf-16-le") in content), "old_excel")
    if content.startswith(b"PK"):
        return _packed(content)
    if _HTML.match(head):
        return "html_file"
    lines = [line for line in head.splitlines()[:6] if line.strip()]
    return "mail_file" if sum(bool(_MAIL.match(line)) for line in lines) > 1 else ""


def _packed(content: bytes) -> str:
    """Return what a packed file is that holds no workbook of the kind that is read, "" of a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            with archive.open("mimetype") if "mimetype" in names else io.BytesIO() as stream:
                declared = stream.read(200).decode("ascii", "replace")
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        return ""
    if "opendocument" in declared:
        return next((code for word, code in _OPEN_DOCUMENT if f".{word}" in declared), "zip_file")
    known = next((code for part, code in _PARTS if part in names), "")
    return known or ("" if any(name.startswith(("xl/", "[Content_Types]")) for name in names) else "zip_file")
