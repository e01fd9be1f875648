"""What is wrong with a file, by line, for the person who wrote it."""

from dataclasses import dataclass

MOST_SHOWN = 20


@dataclass(frozen=True, order=True)
class Problem:
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}" if self.line else self.message


class RefusedFile(Exception):
    """Nothing of the file was taken in. Holds every problem found, in the order of the lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.line or 0, p.message))
        super().__init__("\n".join(str(problem) for problem in self.problems[:MOST_SHOWN]))


class Problems:
    """Collects problems, so that a file is refused once, with all that is wrong in it."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, message: str, *, line: int | None = None) -> None:
        problem = Problem(line, message)
        if problem not in self.found:
            self.found.append(problem)

    def refuse(self) -> None:
        if self.found:
            raise RefusedFile(self.found)
