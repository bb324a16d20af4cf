"""What `make` calls: standard library only, because it runs before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # reason: an older Python must hear it from us
    sys.exit("Нужен Python 3.11 или новее: установите его и повторите команду.")
