"""A request's body up to a bound, whatever its header says of its length."""

from __future__ import annotations

from collections import deque

from ui.shell import Message, Receive, Send


class TooLargeError(Exception):
    """A body is longer than its bound."""


class BoundedBody:
    """Passes a body on, and can read it beforehand."""

    def __init__(self, receive: Receive, bound: int) -> None:
        self._receive = receive
        self._left = bound
        self._read: deque[Message] = deque()
        self._is_over = False
        self.has_answered = False

    async def receive(self) -> Message:
        """The next message for what lies behind.

        Raises:
            TooLargeError: the body has become too long.
        """
        if self._read:
            return self._read.popleft()
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self._is_over = True
            raise TooLargeError
        return message

    async def whole(self) -> bytes:
        """All of the body; what lies behind still gets it.

        Raises:
            TooLargeError: it is too long.
        """
        messages: list[Message] = []
        while not messages or messages[-1].get("more_body"):
            messages.append(await self.receive())
        self._read.extend(messages)
        return b"".join(message.get("body", b"") for message in messages)

    def sending(self, send: Send) -> Send:
        """A way out that notes whether an answer has begun.

        An answer to a body that was too long is held back: what lies behind knows no better than to call it
        a fault of its own.
        """

        async def sent(message: Message) -> None:
            if not self._is_over or self.has_answered:
                self.has_answered = True
                await send(message)

        return sent
