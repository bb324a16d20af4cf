"""What the expertise can announce."""

from innoset.foundation.notify.notices import Notice, declare

INVITED = declare(
    Notice(
        key="review.invited",
        audience="приглашённый эксперт или наблюдатель",
        title="Приглашение в комиссию: {round}",
        text=(
            "Вас приглашают в комиссию. Ваша роль — {part}.\n\nТур: {round}.\nСрок: до {closes}.\n"
            "Материалов в туре: {dossiers}.\n\n"
            "Ответьте «Могу» или «Не могу» на своём столе эксперта."
        ),
    )
)
INVITATION_WITHDRAWN = declare(
    Notice(
        key="review.invitation_withdrawn",
        audience="приглашённый эксперт или наблюдатель",
        title="Приглашение отозвано: {round}",
        text="Организатор отозвал приглашение в комиссию. Отвечать на него не нужно.",
    )
)
DECLINED = declare(
    Notice(
        key="review.declined",
        audience="организаторы тура",
        title="Отказ от участия в комиссии: {person}",
        text="{person} не сможет участвовать в комиссии тура «{round}».\nПричина: {reason}.\nОсвободилось мест: {freed}.",
    )
)
ASSIGNED = declare(
    Notice(
        key="review.assigned",
        audience="эксперт, которому назначены дела",
        title="Вам назначены дела: {count}",
        text=(
            "Тур: {round}.\nДела: {codes}.\nСрок: до {closes}.\n\n"
            "Сначала укажите, есть ли конфликт интересов. После этого откроется текст."
        ),
    )
)
UNASSIGNED = declare(
    Notice(
        key="review.unassigned",
        audience="эксперт, с которого сняли дело",
        title="С вас сняли дело {code}",
        text="Организатор снял с вас дело {code} тура «{round}».\nПричина: {reason}.",
    )
)
RECUSED = declare(
    Notice(
        key="review.recused",
        audience="организаторы тура",
        title="Самоотвод: дело {code}",
        text="{person} заявляет о конфликте интересов по делу {code}.\nПричина: {ground}.\nНазначьте другого эксперта.",
    )
)
REMINDED = declare(
    Notice(
        key="review.reminded",
        audience="эксперты, у которых остались незавершённые листы",
        title="Осталось завершить листов: {left}",
        text="Тур: {round}.\nНезавершённых листов: {left}.\nСрок: до {closes}.",
    )
)
ALL_SHEETS_IN = declare(
    Notice(
        key="review.all_sheets_in",
        audience="организаторы тура",
        title="Все оценки получены: {round}",
        text="Эксперты завершили все листы тура «{round}». Можно посмотреть рейтинг и закрыть тур.",
    )
)
