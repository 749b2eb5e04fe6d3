"""The catalogue of every string that a person reads, English to Korean.

`ko/LC_MESSAGES/grader.po` is written by people, `grader.mo` beside it is compiled from it and read at run
time. After a change to a `tr(…)` or `later(…)` anywhere in the package, `python -m grader.locale` adds the
new messages to the `.po`, drops those that are gone, says which still need Korean, and compiles the `.mo`.
"""
