"""What is told of a file."""

from innoset.foundation.notify.notices import Notice, declare

INFECTED = declare(
    Notice(
        key="files.infected",
        audience="кто дал файл",
        title="В файле «{name}» найден вирус",
        text=(
            "Проверка нашла вирус в файле «{name}», который вы загрузили {moment}.\n\n"
            "Файл закрыт для всех. Уберите его, проверьте компьютер и приложите чистый файл. "
            "Заявку с таким файлом отправить нельзя."
        ),
    )
)
