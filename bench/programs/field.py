"""Python's concurrent.futures, asked what the pools here are asked: prints one number, in microseconds.

    python3 field.py threads|processes serial|burst|map|start calls
"""

import sys
import time

started = time.perf_counter()

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor  # noqa: E402  the import is part of the start


def identity(value):
    return value


def double(value):
    return value * 2


def serial(executor, calls):
    took = []
    for i in range(calls):
        start = time.perf_counter()
        executor.submit(identity, i).result()
        took.append(time.perf_counter() - start)
    return sorted(took)[calls // 2]


def burst(executor, calls):
    start = time.perf_counter()
    for future in [executor.submit(identity, i) for i in range(calls)]:
        future.result()
    return (time.perf_counter() - start) / calls


def map_(executor, calls):
    start = time.perf_counter()
    list(executor.map(double, range(calls), chunksize=32))
    return (time.perf_counter() - start) / calls


def start(executor, _):
    return time.perf_counter() - started


if __name__ == "__main__":
    kind, question, calls = sys.argv[1:]
    with (ThreadPoolExecutor if kind == "threads" else ProcessPoolExecutor)(2) as executor:
        executor.submit(identity, 0).result()
        print({"serial": serial, "burst": burst, "map": map_, "start": start}[question](executor, int(calls)) * 1e6)
