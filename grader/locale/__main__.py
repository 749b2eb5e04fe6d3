"""Update and compile the catalogue: `python -m grader.locale`."""

import sys

from grader.locale import catalogue


def main() -> int:
    """Write both files; return 1 where a message still needs Korean."""
    current = catalogue.updated()
    catalogue.PO_FILE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.PO_FILE.write_bytes(catalogue.po_text(current))
    catalogue.MO_FILE.write_bytes(catalogue.mo_bytes(current))
    missing = catalogue.untranslated(current)
    for message in missing:
        sys.stderr.write(f"no Korean yet: {message!r}\n")
    sys.stdout.write(f"{len(current)} messages, {len(missing)} without Korean\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
