"""Who may give a file in pieces: whoever began to give it."""

from typing import Any

from innoset.foundation.policy import always, permit, predicate


@predicate
def began_upload(user: Any, upload: Any = None) -> bool:
    """Whoever began this upload."""
    return upload is not None and user.pk is not None and upload.created_by_id == user.pk


permit("files.begin_upload", always, title="Начать загрузку файла по частям")
permit("files.receive_chunk", began_upload, title="Передать часть файла")
permit("files.finish_upload", began_upload, title="Закончить загрузку файла по частям")
permit("files.drop_upload", began_upload, title="Убрать недогруженный файл")
