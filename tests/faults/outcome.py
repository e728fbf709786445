"""What came of one kind of fault, tried many times."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """How often it was tried, how often that was refused in words, how often nothing was amiss, and what went wrong."""

    tried: int = 0
    refused: int = 0
    served: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, trial: object, *, refused: bool) -> None:
        """Count a trial that ended well: refused in words, or served."""
        self.tried += 1
        self.refused += refused
        self.served += not refused

    def fail(self, trial: object, said: object) -> None:
        """Count a trial that ended badly."""
        self.tried += 1
        self.wrong.append(f"{trial}: {said}"[:300])
