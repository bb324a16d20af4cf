"""The first published formula of the efficiency index; later ones are published on the site."""

from typing import Any, Final

TITLE: Final = "Индекс результативности площадки"
NOTE: Final = "Первая редакция. Действует для 2026 года и для всех лет до него."
PUBLISHED_AT: Final = "2026-09-01T06:00:00+00:00"
PARTS: Final[tuple[dict[str, Any], ...]] = (
    {"code": "reports", "title": "Отчёты в срок", "weight": "0.20", "full": "1", "definition": "Доля годовых отчётов, отправленных не позже срока. Полный балл — если все."},
    {"code": "events", "title": "Мероприятия", "weight": "0.25", "full": "4", "definition": "Мероприятия площадки за год. Полный балл — за четыре и больше."},
    {"code": "people", "title": "Участники мероприятий", "weight": "0.15", "full": "100", "definition": "Участники мероприятий площадки за год. Полный балл — за сто и больше."},
    {"code": "publications", "title": "Публикации", "weight": "0.20", "full": "2", "definition": "Публикации площадки за год. Полный балл — за две и больше."},
    {"code": "products", "title": "Инновационные продукты", "weight": "0.20", "full": "1", "definition": "Продукты площадки за год. Полный балл — за один и больше."},
)  # fmt: skip
