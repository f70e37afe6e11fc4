"""What the tests of the pages share: filling in the form, counting statements."""

import html
import re

from tests.visitor import form_key

AREA = r'<textarea[^>]* name="([a-z_]+)"[^>]*>\n?(.*?)</textarea>'
FIELDS = re.compile(AREA + r'|<input[^>]* name="([a-z_]+)"[^>]*>', re.S)


def typed(response) -> dict[str, str]:
    """The fields of the form on a page as a browser would send them."""
    form = response.text[response.text.index('id="write"') :].split("</form>")[0]
    values = {}
    for found in FIELDS.finditer(form):
        value = re.search(r' value="([^"]*)"', found[0]) if found[3] else None
        values[found[1] or found[3]] = html.unescape(found[2] if found[1] else value[1] if value else "")
    return {**values, "_key": form_key(response)}


def statements(world, visit) -> tuple[int, int]:
    """(SQL statements besides set_config, bytes of HTML) of one visit."""
    world.statements.clear()
    response = visit()
    assert response.status_code == 200
    return sum("set_config" not in s for s in world.statements), len(response.data)
