"""What a mock raises by itself.

    MockError
    ├── StubInvalid         a stub that the real repository could never stand for
    ├── NotStubbed          a call of an operation that has no stub
    ├── OutcomesUsedUp      more calls than `in_turn` has outcomes
    ├── CallInvalid         arguments that do not fit the operation's annotations
    ├── ResultInvalid       a callable's result that does not fit them
    └── UnusedStub          a stub that was never called

They are assertion errors, for the test is what fails, and not of dbkit's tree: code that handles `DbkitError` lets them
through. A mock remembers those of its calls, so what broader code swallows is raised again when the mock is verified.
"""

from __future__ import annotations

__all__ = [
    "CallInvalid",
    "MockError",
    "NotStubbed",
    "OutcomesUsedUp",
    "ResultInvalid",
    "StubInvalid",
    "UnusedStub",
]


class MockError(AssertionError):
    """Base of what mocks raise by themselves."""


class StubInvalid(MockError):
    """A stub does not fit its operation: its parameters, its type, or a value that no row can have."""


class NotStubbed(MockError):
    """An operation was called that the test gave no stub."""


class OutcomesUsedUp(MockError):
    """An operation was called more often than its stub has outcomes."""


class CallInvalid(MockError):
    """An operation was called with arguments that its annotations do not allow."""


class ResultInvalid(MockError):
    """A callable gave a result that the operation's annotations do not allow."""


class UnusedStub(MockError):
    """A stub was never called, or not as often as it has outcomes."""
