"""Words and stems of a text, and which language it is in. Pure.

Stems are made by taking endings off; what this misses of Finnish compounds and gradation is caught by the parts of
words that the suggestion compares, too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")
# The commonest small words of each language: they tell it, and say nothing of the matter.
SMALL = {
    "fi": frozenset(
        "ja on ei että se ovat tai ne myös joka jos kun niin sekä kuin hän ole voi mutta tämä niitä ennen jälkeen sen"
        " siitä hänen jotka mitä kanssa mukaan myötä aina jokainen tulee olla ovat olisi eli ettei sitä sille silloin"
        " vain vielä itse sinun sinä minä me te he tämän näin jo pitää voidaan tehdään kaikki kaikille muu muut"
        " yhteydessä osalta koska vasta noin".split()
    ),
    "sv": frozenset(
        "och att det är en ett som på av för den i med till inte har om de kan vi ska från vid eller sig så också när"
        " efter innan hen han hon var man alla detta denna dessa där då under över mellan sin sina sitt deras vår era"
        " ni du jag oss redan bara skall bli blir varje görs måste får hos genom enligt samt".split()
    ),
    "en": frozenset(
        "the and of to in is that for it are with as on be by this an not or from at which has have will can when"
        " their they you your we our must each after before also its if was were do does should".split()
    ),
}
_CLITICS = re.compile(r"(?:ni|nsa|nsä|mme|nne)?(?:kin|kaan|kään|han|hän)?$")
_CASES = re.compile(
    r"(?:i?ssa|i?ssä|i?sta|i?stä|i?lla|i?llä|i?lta|i?ltä|i?lle|i?ksi|i?tta|i?ttä|i?den|i?tten|(?:oi|ei|ii)hin|seen|een|iin"
    r"|aan|ään|oon|uun|yyn|öön|taan|tään|daan|dään|vat|vät|na|nä|ta|tä|n|t)$"
)
_GRADES = (("ks", "s"), ("min", ""), ("mis", ""), ("tt", "t"), ("kk", "k"), ("pp", "p"))
_ENDINGS = {
    "sv": re.compile(
        r"(?:arnas|ernas|ornas|arna|erna|orna|andet|andes|ande|elser|elsen|else|ningar|ningen|ning|heten|heter|het|ens"
        r"|ets|ade|ats|ers|ar|er|or|en|et|as|es|at|a|e|s|n|t)$"
    ),
    "en": re.compile(r"(?:ments|ment|ings|ing|ed|es|s|ly|er)$"),
}
_LETTERS = {"fi": re.compile(r"ää|öö|yy|aa|uu|ii|kk|tt|ss|lla|ssa|ään"), "sv": re.compile(r"å|sk|ck|ning|och|ör")}
_LEAST = 3


def words_of(text: str, language: str) -> list[str]:
    """The words that may say something, in lower case, in order."""
    small = SMALL.get(language, frozenset())
    return [word for word in WORD.findall(text.casefold().replace("\u00ad", "")) if len(word) > 2 and word not in small]


@lru_cache(maxsize=40_000)
def stem(word: str, language: str) -> str:
    """A word in lower case without its endings, never shorter than a few letters."""
    if language == "fi":
        return _finnish(word)
    found = _ENDINGS[language].search(word) if language in _ENDINGS else None
    return word[: max(found.start(), min(_LEAST, len(word)))] if found else word


def _finnish(word: str) -> str:
    """yhteydenottoon, yhteydenoton → yhteydenot; keskeytyksen, keskeytys → keskeytys."""
    shorter = word
    for endings in (_CLITICS, _CASES):
        found = endings.search(shorter)
        if found and found.start() > _LEAST:
            shorter = shorter[: found.start()]
    bare = shorter.rstrip("aeiouyäöj")
    shorter = bare if len(bare) >= _LEAST else shorter
    for strong, weak in _GRADES:
        if shorter.endswith(strong) and len(shorter) - len(strong) + len(weak) >= _LEAST:
            return shorter[: len(shorter) - len(strong)] + weak
    return shorter


def language_of(text: str, among: Sequence[str]) -> str:
    """Which of these languages a text is most likely in; the first one where nothing tells."""
    words = Counter(WORD.findall(text.casefold()))
    plain = text.casefold()
    told = {code: float(sum(words[small] for small in SMALL.get(code, ()))) for code in among}
    for code, letters in _LETTERS.items():
        if code in told:
            told[code] += 0.25 * len(letters.findall(plain))
    return max(among, key=lambda code: told[code])
