"""The short way gives the text that the long way gives, and only where nothing is asked."""

from random import Random

from hypothesis import given

from parasta_saas.instructions import quick
from parasta_saas.instructions.merge import merge
from parasta_saas.instructions.sentencewise import by_sentences
from tests.instructions.worlds import SEEDS, cases

PLAIN = (
    "opettaja sopii työpaikan kanssa ajasta ja kertoo tavoitteet oppijalle ennen jakson alkua Työ\u00adpaikka jne"
).split()
ODD = "klo esim. 9. nro oy Lassi (ks. ohje) 24.11.2026 i. 3. kohta 2) soita! mitä? ... jne. e\u0301 #1 a\u00a0b".split(
    " "
)
ENDS = [". "] * 30 + [".\n", ".\n", ".\n\n", ".\n\n", "! ", "? "]
ODD_ENDS = [". - ", ".\n- ", ". 1) ", ", ", ".\n# ", "\n", ".  ", ".\n\n\n", " .", ".) ", '." ', "… "]


def sentence(random, odd):
    words = [random.choice(ODD if random.random() < odd else PLAIN) for _ in range(random.randint(3, 7))]
    text = " ".join(words)
    return text if random.random() < odd else text[:1].upper() + text[1:]


def part(random, odd):
    return sentence(random, odd) + random.choice(ODD_ENDS if random.random() < odd else ENDS)


def edited(random, parts, odd):
    made = list(parts)
    for _ in range(random.randint(0, 3)):
        at = random.randrange(len(made))
        match random.choice(("change", "change", "add", "remove", "word")):
            case "add":
                made.insert(at, part(random, odd))
            case "remove" if len(made) > 1:
                made.pop(at)
            case "word":
                made[at] = made[at].replace("ja", "tai").replace("sopii", "kertoo")
            case _:
                made[at] = part(random, odd)
    return made


def three(seed):
    """Base, national and local text; one in four is full of doubtful places."""
    random = Random(seed)
    odd = random.choice([0, 0.01, 0.02, 0.2])
    parts = [part(random, odd) for _ in range(random.randint(9, 14))]
    tail = random.choice(["", "", "\n"])
    sides = (parts, edited(random, parts, odd), edited(random, parts, odd))
    return ["".join(side).strip() + tail for side in sides]


@cases(600)
@given(SEEDS)
def test_the_short_way_gives_the_text_of_the_long_way(seed):
    base, national, local = three(seed)
    found = quick.merged(base, national, local)
    if found is None:
        return
    full = by_sentences(base, national, local)
    assert found[0] == full.text
    assert full.clean
    assert found[1] or not full.touching


def test_the_comparison_is_not_empty():
    taken = [quick.merged(*three(seed)) is not None for seed in range(400)]
    assert sum(taken) > 100


def test_running_text_with_separate_edits_goes_the_short_way():
    parts = [f"Virke {word} kertoo työpaikalle, mitä seuraavaksi tehdään. " for word in "abcdefgh"]
    base = "".join(parts).strip()
    national = base.replace("Virke c kertoo", "Virke c selittää")
    local = base.replace("Virke f kertoo", "Virke f näyttää") + " Oma virke jää voimaan."
    assert quick.merged(base, national, local) == (national.replace("f kertoo", "f näyttää") + local[-23:], False)
    assert merge(base, national, local) == by_sentences(base, national, local)
    assert quick.merged(base, national, base.replace("Virke c kertoo", "Virke c sanoo")) is None
