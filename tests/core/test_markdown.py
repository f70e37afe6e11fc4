import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from parasta_saas.core.markdown import MAX_TEXT, TooLong, to_html, to_plain


def test_paragraphs_lists_emphasis_and_links_are_shown():
    html = to_html("Hei *sinä* ja **minä**\n\n- yksi\n- [kaksi](https://esimerkki.example)\n\n3. kolme")
    assert isinstance(html, Markup)
    assert "<em>sinä</em> ja <strong>minä</strong>" in html
    assert '<a href="https://esimerkki.example" rel="noopener nofollow">kaksi</a>' in html
    assert '<ol start="3">' in html


def test_a_new_line_stays_a_new_line():
    assert to_html("yksi\nkaksi") == "<p>yksi<br>\nkaksi</p>\n"


def test_headings_stand_below_those_of_the_page():
    assert to_html("# Yksi\n\n###### Kuusi") == "<h3>Yksi</h3>\n<h6>Kuusi</h6>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<div><div><img src=x onerror=alert(1)></div></div>",
        "<svg><script>alert(1)</script></svg>",
        "<style>*{display:none}</style>",
        "<!-- --><iframe src=https://a.example></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "- <b>\n  <script>x</script>",
    ],
)
def test_html_is_shown_as_the_text_it_is(text):
    html = to_html(text)
    assert not any(f"<{tag}" in html for tag in ("script", "div", "img", "svg", "style", "iframe", "a ", "b>", "!--"))
    assert "&lt;" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "data:text/html,x",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "/o/oppila/poista",
        "//esimerkki.example",
        "#alku",
        "ftp://a.example",
    ],
)
def test_links_go_nowhere_but_to_web_mail_and_telephone(address):
    assert "href" not in to_html(f"[x]({address}) <{address}> [y][1]\n\n[1]: {address}")


@pytest.mark.parametrize(
    "address", ["http://a.example", "https://a.example/b?c=d", "mailto:a@a.example", "tel:+358401"]
)
def test_usual_links_work(address):
    assert f'href="{address}"' in to_html(f"[x]({address})")


def test_a_link_carries_nothing_but_its_address():
    assert to_html('[x](https://a.example "nimi")') == (
        '<p><a href="https://a.example" rel="noopener nofollow">x</a></p>\n'
    )


def test_pictures_are_not_fetched():
    assert "<img" not in to_html("![x](https://a.example/x.png)")


@pytest.mark.parametrize("show", [to_html, to_plain])
def test_a_text_of_ten_megabytes_is_refused_at_once(show):
    text = "*[" * 5_000_000
    before = time.perf_counter()
    with pytest.raises(TooLong) as refused:
        show(text)
    assert time.perf_counter() - before < 0.1
    assert "20\u00a0000" in str(refused.value)
    assert refused.value.status == 422


def test_the_longest_text_is_shown():
    assert len(to_html("a" * MAX_TEXT)) > MAX_TEXT


@pytest.mark.parametrize(
    "part",
    ["[", "[a](", "*a ", "a**b", ">", "- ", "*_", "[a\n", "<a", "*a **a ", "![[", "&", "\\", "`a``", "<!--"],
)
def test_no_text_keeps_the_server_busy(part):
    before = time.process_time()
    to_html((part * MAX_TEXT)[:MAX_TEXT])
    assert time.process_time() - before < 2


def test_plain_text_keeps_the_words_alone():
    text = "# Otsikko\n\nHei *sinä*,\n[tästä](https://a.example)\n\n1. yksi\n2. `kaksi`\n\n- piste\n\n> lainaus"
    assert to_plain(text) == "Otsikko\nHei sinä,\ntästä\n1. yksi\n2. kaksi\n- piste\nlainaus"


@given(st.text("ab<>[]()!*_`#-\n :/&;'\"\\", max_size=60))
def test_whatever_is_written_only_allowed_tags_come_out(text):
    html = to_html(text)
    opened = {part.split(">")[0].split(" ")[0].lstrip("/") for part in html.split("<")[1:]}
    assert opened <= set("p br hr strong em ul ol li blockquote code pre a h3 h4 h5 h6".split())
    to_plain(text)
