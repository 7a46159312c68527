"""What every Runner does. A test subclasses it and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from kg.errors import UnreadableInput
from kg.process.runner import Runner


def square(number: int) -> int:
    return number * number


def refuse_odd(number: int) -> int:
    if number % 2:
        raise UnreadableInput(f"{number}.txt", "odd", place="line 1", hint="make it even")
    return number


def stumble(number: int) -> int:
    return 1 // number


class RunnerContract(ABC):
    @abstractmethod
    def open_runner(self) -> Runner:
        """Return a runner."""

    @pytest.fixture
    def runner(self) -> Iterator[Runner]:
        opened = self.open_runner()
        yield opened
        opened.close()

    def test_every_item_comes_back_once_with_its_result(self, runner: Runner) -> None:
        assert sorted(runner.map(square, range(20))) == [(number, number * number) for number in range(20)]

    def test_nothing_to_do_gives_nothing(self, runner: Runner) -> None:
        assert list(runner.map(square, [])) == []

    def test_a_refusal_comes_back_whole_and_the_others_go_on(self, runner: Runner) -> None:
        found = dict(runner.map(refuse_odd, range(5)))
        assert [found[number] for number in (0, 2, 4)] == [0, 2, 4]
        refusal = found[3]
        assert isinstance(refusal, UnreadableInput)
        assert (refusal.file, refusal.reason, refusal.place) == ("3.txt", "odd", "line 1")
        assert refusal.hint == "make it even"

    def test_what_no_one_foresaw_comes_back_too(self, runner: Runner) -> None:
        found = dict(runner.map(stumble, [0, 1]))
        assert isinstance(found[0], ZeroDivisionError)
        assert found[1] == 1

    def test_results_come_before_all_items_are_taken(self, runner: Runner) -> None:
        def endless() -> Iterator[int]:
            number = 0
            while True:
                yield number
                number += 1

        results = runner.map(square, endless())
        assert len({next(results)[0] for _ in range(5)}) == 5

    def test_it_can_be_used_again(self, runner: Runner) -> None:
        for _ in range(2):
            assert list(runner.map(square, [3])) == [(3, 9)]

    def test_closing_twice_is_no_error(self, runner: Runner) -> None:
        runner.close()
        runner.close()
