"""Notebooks for tests, as Jupyter and Colab write them."""

import json


def code(source, *tags, **metadata):
    """Return a code cell; its source is split into lines, as Jupyter does."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {**({"tags": list(tags)} if tags else {}), **metadata},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def markdown(source):
    """Return a Markdown cell; its source is one text, as Colab does."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells, **fields):
    """Return a notebook of format 4 as text."""
    listed = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    metadata = {
        "colab": {"provenance": []},
        "kernelspec": {"display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python"},
    }
    whole = {"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": listed, **fields}
    return json.dumps(whole, ensure_ascii=False)


def notebook_3(*sources):
    """Return a notebook of format 3 as text."""
    cells = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["ex05"]},
        *(
            {
                "cell_type": "code",
                "collapsed": False,
                "input": source.splitlines(keepends=True),
                "language": "python",
                "metadata": {},
                "outputs": [],
            }
            for source in sources
        ),
    ]
    sheets = [{"cells": cells, "metadata": {}}]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets})
