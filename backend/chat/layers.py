"""The channel layer over Redis, made to carry hints: what Redis cannot do now is done later.

Channels subscribes each socket's own channel before any of our code runs, so that a Redis that is
away would refuse every new socket. Nobody sends to a single channel here, only to groups, so that
subscription is left out. Groups that could not be joined are joined again (:mod:`socket`).
"""

from __future__ import annotations

import asyncio
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from channels_redis.utils import _wrap_close


class HintLoopLayer(RedisPubSubLoopLayer):
    async def _subscribe_to_channel(self, channel: str) -> None:
        self.channels[channel] = asyncio.Queue()


class HintLayer(RedisPubSubChannelLayer):
    """As in channels_redis 4.3, with :class:`HintLoopLayer` for each event loop."""

    def _get_layer(self) -> Any:
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            self._layers[loop] = HintLoopLayer(*self._args, **self._kwargs, channel_layer=self)
            _wrap_close(self, loop)
        return self._layers[loop]
