import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.swedish import stems
from democracy.texts.markdown import to_html, to_plain

ALLOWED = re.compile(
    r"</?(?:p|em|strong|code|pre|blockquote|ul|li|h[1-6])>|<(?:br|hr)>|</?ol>|<ol start=\"\d+\">|</a>"
    r"|<a(?: href=\"(?:https://|mailto:)[^\"<>]*\")? rel=\"noopener noreferrer nofollow\">"
)

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    '![x](https://example.org/a.png "onload=alert(1)")',
    "[klicka](javascript:alert(1))",
    "[klicka](JaVaScRiPt:alert(1))",
    "[klicka](java\nscript:alert(1))",
    "[klicka](&#106;avascript:alert(1))",
    "[klicka](javascript&colon;alert(1))",
    "[klicka](\x01javascript:alert(1))",
    "[klicka](vbscript:msgbox(1))",
    "[klicka](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    '[klicka](https://example.org/"onmouseover="alert(1))',
    '[klicka](https://example.org "x\\" onclick=\\"alert(1)")',
    "[klicka](//example.org/path)",
    "[klicka](/graphql?query=mutation)",
    "<javascript:alert(1)>",
    "<http://example.org/plain>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)></style></mglyph></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='https://example.org' target=_blank onclick=alert(1)>x</a>",
    "<form action=https://example.org><input name=password></form>",
    "<!--><script>alert(1)</script>-->",
    "<p style='position:fixed;inset:0'>x</p>",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    '```"><script>alert(1)</script>\nx\n```',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\ud800<script>\udfff",
)


def tags(html: str) -> list[str]:
    return re.findall(r"<[^>]*>?", html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_harmless_elements_comes_out_of_an_attack(attack: str) -> None:
    html = to_html(attack)
    assert [each for each in tags(html) if not ALLOWED.fullmatch(each)] == []
    assert "javascript:" not in "".join(tags(html)).lower()


@given(
    st.text()
    | st.lists(st.sampled_from([*ATTACKS, "[", "](", ")", "<", ">", '"', "!", "`", "\n", "* ", "> "])).map("".join)
)
def test_no_text_at_all_gets_anything_else_out(text: str) -> None:
    assert all(ALLOWED.fullmatch(each) for each in tags(to_html(text)))
    to_plain(text)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Ett **viktigt** och *nytt* ord.", "<p>Ett <strong>viktigt</strong> och <em>nytt</em> ord.</p>\n"),
        ("Första.\n\nAndra.", "<p>Första.</p>\n<p>Andra.</p>\n"),
        ("- buss\n- tåg", "<ul>\n<li>buss</li>\n<li>tåg</li>\n</ul>\n"),
        ("3. att\n4. att", '<ol start="3">\n<li>att</li>\n<li>att</li>\n</ol>\n'),
        ("Vi är < 10 & inte > 20", "<p>Vi är &lt; 10 &amp; inte &gt; 20</p>\n"),
        ("<b>fet</b>", "<p>&lt;b&gt;fet&lt;/b&gt;</p>\n"),
        ("Se ![bild på *simhallen*](https://example.org/a.png).", "<p>Se bild på *simhallen*.</p>\n"),
        ("~~struken~~", "<p>~~struken~~</p>\n"),
        ("a | b\n--|--\n1 | 2", "<p>a | b\n--|--\n1 | 2</p>\n"),
    ],
)
def test_plain_commonmark_is_rendered(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


def test_a_link_tells_nobody_where_the_reader_comes_from() -> None:
    assert to_html("[stadgarna](https://example.org/a?b=1&c=2)") == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">stadgarna</a></p>\n'
    )
    assert 'href="mailto:kansli@example.org"' in to_html("<kansli@example.org>")


@pytest.mark.parametrize("scheme", ["http", "ftp", "file", "tel", "javascript"])
def test_a_link_elsewhere_leaves_only_its_text(scheme: str) -> None:
    html = to_html(f"[texten]({scheme}://example.org)")
    assert "texten" in html
    assert "href" not in html


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("# Bakgrund\n\nEtt **viktigt** ord\npå två rader.", "Bakgrund\n\nEtt viktigt ord på två rader."),
        ("Vi vill:\n\n- åka *buss*\n- åka tåg\n\nSlut.", "Vi vill:\n\n- åka buss\n- åka tåg\n\nSlut."),
        ("2. två\n3. tre\n   - inuti", "2. två\n3. tre\n  - inuti"),
        ("> Citat\n\n    kod", "Citat\n\nkod"),
        ("[stadgarna](https://example.org) och `kod` &amp; ![bild](x)", "stadgarna och kod & bild"),
        ("rad  \nrad", "rad\nrad"),
        ("", ""),
    ],
)
def test_plain_text_keeps_the_words_and_the_paragraphs(markdown: str, plain: str) -> None:
    assert to_plain(markdown) == plain


@given(st.lists(st.text(alphabet="abcåäö ", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_plain_paragraphs_come_through_unchanged(paragraphs: list[str]) -> None:
    text = "\n\n".join(" ".join(each.split()) for each in paragraphs)
    assert to_plain(text) == text
    assert stems(re.sub(r"<[^>]+>", " ", to_html(text))) == stems(text)


@pytest.mark.parametrize(
    "bomb", ["> " * 20_000, "[" * 20_000, "![" * 10_000, "*a **" * 10_000, "- " * 20_000, "`" * 20_000]
)
def test_a_text_made_to_be_slow_is_not(bomb: str) -> None:
    started = time.perf_counter()
    to_html(bomb)
    to_plain(bomb)
    assert time.perf_counter() - started < 5
