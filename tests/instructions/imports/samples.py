"""Files as people have them, made here so that no binary is kept."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

HANDBOOK = """# Työelämäkäsikirja

## Kun yritys ottaa yhteyttä

Päivystäjä soittaa takaisin saman päivän aikana ja kirjaa yhteydenoton.

## Puolivälin keskustelu

Opettaja, opiskelija ja työpaikkaohjaaja istuvat alas jakson puolivälissä ja katsovat, miten tavoitteet etenevät.

## Jos jakso keskeytyy

Opettaja kirjaa keskeytyksen ja sen syyn samana päivänä ja ilmoittaa työpaikalle.

## Ruokala ja pysäköinti

Ruokala on auki kello 10.30–13.

## När ett företag tar kontakt

Vår koordinator svarar på alla samtal och mejl inom två dagar. Berätta alltid vem som sköter ärendet.
"""


def saved(thing) -> bytes:
    """A document or workbook as the bytes of its file."""
    box = BytesIO()
    thing.save(box)
    return box.getvalue()


def docx(*parts, names=None) -> bytes:
    """(level, words) is a heading, a list of rows a table, words a paragraph; names: style id → another name."""
    made = Document()
    for part in parts:
        if isinstance(part, tuple):
            made.add_heading(part[1], part[0])
        elif isinstance(part, list):
            table = made.add_table(len(part), len(part[0]))
            for i, row in enumerate(part):
                for j, words in enumerate(row):
                    table.cell(i, j).text = words
        else:
            made.add_paragraph(part)
    for style_id, name in (names or {}).items():
        renamed(made, style_id, name)
    return saved(made)


def renamed(made, style_id: str, name: str) -> None:
    """A style as another program names it, name and id."""
    style = next(s for s in made.styles.element.iter(qn("w:style")) if s.get(qn("w:styleId")) == style_id)
    style.set(qn("w:styleId"), name.replace(" ", ""))
    style.find(qn("w:name")).set(qn("w:val"), name)
    for level in list(style.iter(qn("w:outlineLvl"))):
        level.getparent().remove(level)
    for p in made.element.body.iter(qn("w:pStyle")):
        if p.get(qn("w:val")) == style_id:
            p.set(qn("w:val"), name.replace(" ", ""))


def wrapped(paragraph, tag: str) -> None:
    """The paragraph's runs inside an element such as w:ins or w:del."""
    box = OxmlElement(tag)
    for run in list(paragraph._p.iter(qn("w:r"))):
        box.append(run)
    paragraph._p.append(box)


def xlsx(**sheets) -> bytes:
    """Sheets by name, each a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def changed(data: bytes, **members: bytes | None) -> bytes:
    """A zip with some members replaced, added or (None) gone; `__` in a name is a slash, `_dot_` a dot."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): body for name, body in members.items()}
    box = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(box, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, body in wanted.items():
            if body is not None:
                new.writestr(name, body)
    return box.getvalue()
