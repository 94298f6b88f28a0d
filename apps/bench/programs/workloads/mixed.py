"""The same work as mixed.mjs, of 5 rounds."""
import asyncio
import json

ROUNDS = 5


def reparse(number):
    rows = [{"id": i, "name": f"row {i} of {number}", "tags": ["a", "b", i % 7]} for i in range(300)]
    return len(json.loads(json.dumps(rows)))


def count_words(number):
    words = (f"the quick brown fox {number} jumps over the lazy dog " * 60).split(" ")
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return len(counts)


def sort_rows(number):
    return sorted((index * 7919 + number) % 1009 for index in range(1500))[0]


def sum_squares(number):
    total = number
    for index in range(100_000):
        total = (total + index * index) % 1_000_003
    return total


async def await_many(number):
    async def part(index):
        return index ^ number

    return len(await asyncio.gather(*(part(index) for index in range(200))))


async def main():
    checksum = 0
    for number in range(ROUNDS):
        checksum += reparse(number) + count_words(number) + sort_rows(number) + sum_squares(number)
        checksum += await await_many(number)
        await asyncio.sleep(0)
    return checksum


print(asyncio.run(main()))
