"""Where a text of a field came from."""

from enum import StrEnum


class Origin(StrEnum):
    """How a text got into a field, or why it did not."""

    TYPED = "typed"
    WORD = "word"
    RESTORED = "restored"
    RETURNED = "returned"
    COPIED = "copied"
    # Never became the answer: a colleague was first. Kept, so that it can be brought back.
    CLASHED = "clashed"
    # Came when the field could not be changed any more; kept for the same reason.
    SET_ASIDE = "set_aside"


ORIGIN_LABELS = {
    Origin.TYPED: "Набран на сайте",
    Origin.WORD: "Перенесён из файла",
    Origin.RESTORED: "Возвращён из истории",
    Origin.RETURNED: "Возвращён из отправленной версии",
    Origin.COPIED: "Перенесён из прошлой заявки",
    Origin.CLASHED: "Не попал в заявку: поле в это время изменил другой человек",
    Origin.SET_ASIDE: "Не попал в заявку: изменить поле уже было нельзя",
}
