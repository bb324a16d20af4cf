"""What comes from the clipboard into a text area: words, paragraphs, lists and quotes, nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.pages"),
]

PASTE = """([html, plain]) => {
  const area = document.querySelector("#id_idea"), data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  area.focus();
  return area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta charset=utf-8><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Times New Roman"} --></style></head><body lang=RU>
<!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:14.0pt'>Цель:</span></b><span style='font-size:14.0pt'> создать
«Школу наставников»&nbsp;&mdash; для всех<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Обучить<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>а)<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>учителей<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>Описать<o:p></o:p></p>
<p class=MsoNormal>Итог<del cite="mailto:А">удалённое</del><ins cite="mailto:А"> есть</ins><span
style='mso-hide:all;display:none'>скрытое</span><a class=msocomanchor href="#_msocom_1"
style='mso-comment-reference:АБ_1'>[АБ1]</a><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l3 level1 lfo7'><![if !supportLists]><span style='font-family:Symbol;
mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>первое</p>
<!--EndFragment--></body></html>"""

FROM_WORD = """Цель: создать «Школу наставников» — для всех

1. Обучить
  а) учителей
2. Описать
Итог есть
– первое"""

CASES = {
    "paragraphs": ("<p>Один</p>\n<p>Два<br>три</p>", "Один\nДва\nтри"),
    "styles": ("<p style='color:red'>Красный <b>жирный</b> <i>наклонный</i></p>", "Красный жирный наклонный"),
    "bullets": ("<ul><li>Раз</li><li><p>Два</p><ul><li>Вложено</li></ul></li></ul>", "– Раз\n– Два\n  – Вложено"),
    "numbers": ('<ol start="3"><li>Три</li><li>Четыре</li></ol>', "3. Три\n4. Четыре"),
    "quotes": ("<blockquote><p>Слова</p><p>ещё</p></blockquote><p>и <q>эти</q></p>", "«Слова\nещё»\nи «эти»"),
    "kept quotes": ("<p>“Так” и «эдак»</p>", "“Так” и «эдак»"),
    "table": ("<table><tr><td>А</td><td><p>Б</p></td></tr><tr><td>В</td><td>Г</td></tr></table>", "А\tБ\nВ\tГ"),
    "scripts": ("<p>Текст<script>alert(1)</script><style>p{}</style><!-- пометка --></p>", "Текст"),
    "preformatted": ("<pre>строка 1\n  строка 2</pre>", "строка 1\n  строка 2"),
    "word": (WORD, FROM_WORD),
}  # fmt: skip


def paste(page: Page, html: str, plain: str = "как есть") -> Any:
    """Paste as the browser does; tell whether the browser was left to do it itself."""
    return page.evaluate(PASTE, [html, plain])


@pytest.mark.parametrize("case", CASES)
def test_paste_keeps_the_text_and_its_order(page: Page, case: str) -> None:
    html, text = CASES[case]
    page.goto("/saving/")
    page.wait_for_function("!!customElements.get('paste-cleaner')")
    assert paste(page, html) is False
    expect(page.locator("#id_idea")).to_have_value(text)


def test_paste_is_told_of_and_can_be_taken_back(page: Page) -> None:
    page.goto("/saving/")
    page.wait_for_function("!!customElements.get('paste-cleaner')")
    page.locator("#id_idea").fill("Было: ")
    page.locator("#id_idea").press("Control+End")
    paste(page, "<ul><li>раз</li></ul><p>и</p><ol><li>" + "я" * 1225 + "</li></ol>")
    expect(page.locator("paste-cleaner")).to_have_text("Вставлено 1\u00a0236 знаков, 2 списка")
    expect(page.locator("#id_idea")).to_have_value("Было: – раз\nи\n1. " + "я" * 1225)
    page.locator("#id_idea").press("Control+Z")
    expect(page.locator("#id_idea")).to_have_value("Было: ")


def test_plain_text_is_left_alone(page: Page) -> None:
    page.goto("/saving/")
    page.wait_for_function("!!customElements.get('paste-cleaner')")
    assert paste(page, "", "просто слова") is True
    assert page.locator("#id_idea").input_value() == ""
    expect(page.locator("paste-cleaner")).to_have_text("")
