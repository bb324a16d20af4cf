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
DISCUSSION_OPENED = declare(
    Notice(
        key="review.discussion_opened",
        audience="эксперты дела, завершившие листы",
        title="Открыто обсуждение дела {code}",
        text=(
            "Все листы по делу {code} завершены. Тур: {round}.\n\n"
            "Теперь вы видите баллы и пояснения других экспертов дела, без имён. "
            "Выскажитесь или измените свой балл с объяснением, если вас убедили."
        ),
    )
)
REMARK_POSTED = declare(
    Notice(
        key="review.remark_posted",
        audience="другие эксперты дела, не чаще раза в день",
        title="Новое в обсуждении дела {code}",
        text="В обсуждении дела {code} новое высказывание. Тур: {round}.",
    )
)
DISCUSSION_CLOSED = declare(
    Notice(
        key="review.discussion_closed",
        audience="эксперты дела и организаторы тура",
        title="Обсуждение дела {code} закончено",
        text="Обсуждение дела {code} закончено, баллы больше не меняются. Тур: {round}.",
    )
)
