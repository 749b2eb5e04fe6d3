"""What is made of an object that many results share is made once, and never mistaken for another's."""

from grader import made_once
from grader.made_once import MadeOnce


def test_it_is_made_once_for_each_object_and_for_whatever_else_it_depends_on():
    calls = []

    def lengths(items, *also):
        calls.append(also)
        return [len(item) for item in items]

    made = MadeOnce(lengths)
    first, equal = ["a", "bc"], ["a", "bc"]
    assert made(first) == [1, 2]
    assert made(first) is made(first)
    assert made(equal) is not made(first)  # found by what it is, not by what it holds
    assert made(first, "ko") is not made(first)
    assert calls == [(), (), ("ko",)]


def test_an_object_that_took_the_place_of_another_is_not_taken_for_it():
    made = MadeOnce(tuple)
    for number in range(1000):
        assert made([number]) == (number,)  # each list is gone before the next: their ids would be the same


def test_what_is_not_worth_it_is_not_kept():
    made = MadeOnce(list, is_kept=lambda items: len(items) < 3)
    small, large = (1, 2), (1, 2, 3)
    assert made(small) is made(small)
    assert made(large) is not made(large)
    assert len(made._kept) == 1


def test_it_forgets(monkeypatch):
    monkeypatch.setattr(made_once, "_MAX_KEPT", 3)
    made = MadeOnce(tuple)
    items = [[number] for number in range(10)]
    assert [made(item) for item in items] == [(number,) for number in range(10)]
    assert len(made._kept) <= 3
