from __future__ import annotations

from backend.inference.servers import ServerPool


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def pool_of(*urls: str) -> tuple[ServerPool, Clock]:
    clock = Clock()
    return ServerPool(urls, cooldown=15, clock=clock), clock


def test_equals_take_turns() -> None:
    pool, _ = pool_of("a", "b")
    assert {pool.order()[0].url, pool.order()[0].url} == {"a", "b"}


def test_the_less_busy_server_comes_first() -> None:
    pool, _ = pool_of("a", "b")
    pool.servers[0].running = 3
    assert [pool.order()[0].url for _ in range(3)] == ["b", "b", "b"]


def test_a_server_that_failed_rests_and_comes_back_on_probation() -> None:
    pool, clock = pool_of("a", "b")
    pool.failed(pool.servers[0])
    pool.servers[1].running = 9
    assert [server.url for server in pool.order()] == ["b", "a"]
    clock.now = 15
    assert pool.order()[0].url == "a"
    assert pool.servers[0].on_probation
    pool.answered(pool.servers[0])
    assert not pool.servers[0].on_probation


def test_where_all_rest_the_one_that_rested_longest_is_asked() -> None:
    pool, clock = pool_of("a", "b")
    pool.failed(pool.servers[0])
    clock.now = 1
    pool.failed(pool.servers[1])
    assert [server.url for server in pool.order()] == ["a", "b"]
