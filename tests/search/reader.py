"""Reads the index that ships with a site: a second, plain implementation of docs/search-index.md, for the tests."""

import json
import zlib
from base64 import b64decode
from bisect import bisect_right
from dataclasses import dataclass


def inflate(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(-15)
    made = unpacker.decompress(raw) + unpacker.flush()
    assert (unpacker.eof, unpacker.unused_data) == (True, b"")
    return made


class Bytes:
    """Takes numbers and words from bytes, one after the other."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def take(self, count: int) -> bytes:
        self.at += count
        assert self.at <= len(self.raw)
        return self.raw[self.at - count : self.at]

    def varint(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def words(self) -> list[str]:
        count = self.varint()
        shared, rests = self.take(count), self.take(count)
        text = self.take(self.varint()).decode()
        words, before, at = [], "", 0
        for same, rest in zip(shared, rests, strict=True):
            before = before[:same] + text[at : at + rest]
            at += rest
            words.append(before)
        assert at == len(text)
        return words

    def run(self, count: int) -> list[int]:
        """An increasing run of numbers, from its gaps."""
        numbers, before = [], -1
        for _ in range(count):
            before += self.varint() + 1
            numbers.append(before)
        return numbers

    def done(self) -> bool:
        return self.at == len(self.raw)


@dataclass
class Postings:
    holding: int
    numbers: list[int]
    impacts: list[int]
    masks: dict[int, int]
    tails: tuple[list[int], list[int]] = ((), ())
    tail_impacts: bytes = b""

    @property
    def tail(self) -> list[int]:
        """The documents of both halves."""
        return sorted([*self.tails[0], *self.tails[1]])


@dataclass
class Slot:
    title: str
    address: str
    date: str
    subtitle: str
    anchors: list[tuple[int, str]]
    text: str


class Reader:
    """An index, from its files by name."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.root = json.loads(inflate(files["root.bin"]))
        self.separators = self._separators(self.root["sep"])
        self.shards = {}
        self.kinds = []
        first = place = 0
        for name, count, base, passages, slot in self.root["kinds"]:
            self.kinds.append((first, name, count, base, passages, slot, place))
            first += count
            place += count * passages * slot

    @staticmethod
    def _separators(told: list[str]) -> list[str]:
        shared, lengths, rests = told
        made, before, at = [], "", 0
        for same, length in zip(shared, lengths, strict=True):
            before = before[: ord(same) - 48] + rests[at : at + ord(length) - 48]
            at += ord(length) - 48
            made.append(before)
        assert at == len(rests)
        return made

    def file(self, name: str) -> bytes:
        return self.files[f"{self.root['id']}/{name}"]

    def kind(self, number: int) -> tuple:
        return self.kinds[bisect_right(self.kinds, number, key=lambda kind: kind[0]) - 1]

    def shard(self, number: int) -> dict[str, Postings]:
        if number not in self.shards:
            self.shards[number] = self._shard(number, Bytes(inflate(self.file(f"{number}.bin"))))
        return self.shards[number]

    def _shard(self, number: int, taken: Bytes) -> dict[str, Postings]:
        made, inside = {}, []
        for term in taken.words():
            made[term] = Postings(taken.varint(), [], [], {})
            if (beyond := made[term].holding - self.root["h"]) > 0:
                apart, made[term].tail_impacts = taken.varint(), taken.take(2)
                if apart:
                    file = Bytes(inflate(self.file(f"{number}-{apart}.bin")))
                    made[term].tails = self.halves(file, beyond)
                    assert file.done()
                else:
                    inside.append((made[term], beyond))
        for one in made.values():
            one.impacts = list(taken.take(min(one.holding, self.root["h"])))
        for one in made.values():
            one.numbers = taken.run(len(one.impacts))
        for one in made.values():
            one.masks = {number: taken.varint() for number in one.numbers if self.kind(number)[4] > 1}
        for one, beyond in inside:
            one.tails = self.halves(taken, beyond)
        assert taken.done()
        return made

    @staticmethod
    def halves(taken: Bytes, count: int) -> tuple[list[int], list[int]]:
        return taken.run(count // 2), taken.run(count - count // 2)

    def postings(self, term: str) -> Postings | None:
        return self.shard(bisect_right(self.separators, term) - 1).get(term)

    def score(self, impact: int) -> float:
        return self.root["low"] * 2 ** (self.root["octaves"] * impact / self.root["levels"])

    def scores(self, term: str) -> dict[int, float]:
        found = self.postings(term)
        if not found:
            return {}
        head = dict(zip(found.numbers, map(self.score, found.impacts), strict=True))
        for half, impact in zip(found.tails, found.tail_impacts, strict=False):
            head |= dict.fromkeys(half, self.score(impact))
        return dict(sorted(head.items()))

    def slot(self, number: int, passage: int) -> Slot | None:
        first, _, _, base, passages, size, place = self.kind(number)
        at = place + ((number - first) * passages + passage) * size
        raw = self.file("texts.bin")[at : at + size].rstrip(b"\0")
        if not raw:
            return None
        assert raw[-1] == 1
        head, end = map(b64decode, self.root["letters"])
        opening, *lines, rest = inflate(head + raw[:-1] + end).decode().split("\n")
        assert (opening.strip(), rest) == ("", "")
        title, address, date, subtitle, text, anchors = lines
        places = [(int(one), name) for one, _, name in (anchor.partition(":") for anchor in anchors.split())]
        return Slot(title, base + address, date, subtitle, places, text)

    def words(self) -> dict[str, int]:
        taken = Bytes(inflate(self.file("words.bin")))
        words = taken.words()
        made = dict(zip(words, taken.take(len(words)), strict=True))
        assert taken.done()
        return made

    def facet(self, name: str) -> dict[str, tuple[str, list[int]]]:
        taken = Bytes(inflate(self.file(f"facet-{name}.bin")))
        heads = []
        for _ in range(taken.varint()):
            value, label = taken.take(taken.varint()).decode().split("\t")
            heads.append((value, label, taken.varint()))
        made = {value: (label, taken.run(count)) for value, label, count in heads}
        assert taken.done()
        return made
