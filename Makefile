# The commands of the house. `make run` shows it, `make test` proves it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PY = $(if $(PYTHON),$(PYTHON),$(error Нужен Python 3.11 или новее: установите его и повторите команду))
VENV = .venv/bin
export PORT

.PHONY: run test check fmt docs bench screenshots lock

run:    ; @$(PY) -m tools.run
test:   ; @$(PY) -m tools.test $(ARGS)
check:  ; @$(PY) -m tools.check
fmt:    ; @$(PY) -m tools.environment dev && $(VENV)/ruff format . && $(VENV)/ruff check --fix-only .
docs:   ; @$(PY) -m tools.environment dev && $(VENV)/python manage.py docs
bench:  ; @$(PY) -m tools.environment bench && $(VENV)/python -m tools.bench $(ARGS)
screenshots: ; @$(PY) -m tools.environment dev && $(VENV)/python -m tools.screenshots
lock:   ; @$(PY) -m tools.lock
