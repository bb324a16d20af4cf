"""What the expertise can announce."""

from innoset.foundation.notify.notices import Notice, declare

INVITED = declare(
    Notice(
        key="review.invited",
        audience="приглашённый эксперт или наблюдатель",
        title="Приглашение в комиссию: {round}",
        text=(
            "Вас приглашают в комиссию. Ваша роль — {part}.\n\nТур: {round}.\nСрок: до {closes}.\n"
            "Материалов в туре: {dossiers}.{named}\n\n"
            "Ответьте «Могу» или «Не могу» до {answer_by}."
        ),
    )
)
ANSWER_AWAITED = declare(
    Notice(
        key="review.answer_awaited",
        audience="приглашённые, которые ещё не ответили",
        title="Ждём вашего ответа: {round}",
        text=(
            "Вас пригласили в комиссию, но вы ещё не ответили.\n\nТур: {round}.\n"
            "Ответьте «Могу» или «Не могу» до {answer_by}."
        ),
    )
)
BIDS_ASKED = declare(
    Notice(
        key="review.bids_asked",
        audience="эксперты, которые согласились участвовать",
        title="Отметьте, какие дела вам подходят",
        text=(
            "Тур: {round}.\nДел: {dossiers}.\n\nУ каждого дела отметьте «Хочу», «Могу» или «Не хочу» до {until}. "
            "Если есть конфликт интересов, сообщите о нём сразу. Авторов вы не увидите."
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
        audience="другие эксперты дела; письмо не чаще раза в день",
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
