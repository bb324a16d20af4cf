"""The first lines of the dictionary of subject directions; organisers keep it from then on."""

from typing import Final

DIRECTIONS: Final = (
    ("preschool", "Дошкольное образование"),
    ("primary", "Начальная школа"),
    ("literacy", "Функциональная грамотность"),
    ("science", "Математика и естественные науки"),
    ("humanities", "Языки, история и другие гуманитарные предметы"),
    ("engineering", "Инженерное образование и технологии"),
    ("digital", "Цифровая среда и дистанционное обучение"),
    ("upbringing", "Воспитание и патриотическая работа"),
    ("career", "Профориентация и профильное обучение"),
    ("gifted", "Работа с одарёнными детьми"),
    ("inclusion", "Инклюзивное образование"),
    ("health", "Здоровье, спорт и психологическая помощь"),
    ("extra", "Дополнительное образование и творчество"),
    ("teachers", "Развитие педагогов и наставничество"),
    ("management", "Управление школой и оценка качества"),
)
"""Code and title, in the order of the list."""
