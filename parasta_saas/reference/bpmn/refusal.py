"""Why a file is not read. Pure."""

from ...core.i18n import N_, _

SENTENCES = {
    "too_large": N_("Choose a file of at most %(most)s MB: this one is larger."),
    "doctype": N_("Save the file without its DOCTYPE line: a file with definitions of its own is not opened."),
    "not_xml": N_("Check the file: line %(line)s, column %(column)s is not well-formed XML."),
    "prefix": N_("Check the file: in line %(line)s a name has a prefix that the file doesn't declare."),
    "not_bpmn": N_("Choose a BPMN 2.0 file: this is another kind of file."),
    "encoding_unknown": N_("Save the file as UTF-8: it says its encoding is %(encoding)s, which can't be read."),
    "encoding_broken": N_("Save the file again: its characters don't fit the encoding %(encoding)s."),
    "too_many": N_("Split the file: it has more than %(most)s elements."),
    "too_deep": N_("Check the file: its elements stand more than %(most)s levels deep."),
}


class Refused(Exception):
    """A file that is not read, with a code and, in the language spoken when asked, the reason."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(SENTENCES[code] % values)
        self.code, self.values = code, values

    @property
    def reason(self) -> str:
        """What is wrong and what to do, one sentence."""
        return _(SENTENCES[self.code], **self.values)
