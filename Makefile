# Every command a person needs; `make` lists them. A module runs as `.venv/bin/python -m`.
PYTHON ?= python3
export PORT ?= 8000
demo: export HJULET_DATA ?= .data/demo
run: export HJULET_DATA ?= .data/hjulet
.PHONY: help demo run test check fix bench lock release

help:  ## Visar kommandona
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 8
demo:  ## Bygger demokommunen första gången och visar den på http://127.0.0.1:8000 (PORT, HJULET_DATA)
	@$(PYTHON) tools/bootstrap.py && .venv/bin/hjulet demo && .venv/bin/hjulet serve --migrate
run:  ## Startar installationen i .data/hjulet (PORT, HJULET_DATA)
	@$(PYTHON) tools/bootstrap.py && .venv/bin/hjulet serve --migrate
test:  ## Installerar det som testerna behöver och kör alla, på båda databaserna och i webbläsare
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/python -m tools.test
check:  ## Stil, lager, typer, migreringar, texter, genererade dokument, paket och hemligheter
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/python -m tools.check
fix:  ## Rättar det som kan rättas av sig självt
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/ruff check --quiet --fix; .venv/bin/ruff format --quiet && .venv/bin/python -m tools.make_docs && .venv/bin/python -m tools.messages
bench:  ## Mäter sidor, filer och sparande med upp till 500 000 rader (SIZES, ON, BENCH=--help visar fler val)
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/python -m tests.bench $(SIZES) $(if $(ON),--on $(ON)) $(BENCH)
lock:  ## Skriver låsfilerna på nytt efter en ändring i pyproject.toml
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/python -m tools.lock
release:  ## Bygger det som lämnas ut, ur den senaste commiten: hjul, källkod och materialförteckning (SBOM) i dist/
	@$(PYTHON) tools/bootstrap.py --dev && .venv/bin/python -m tools.release
