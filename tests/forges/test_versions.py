"""Which version of a file is proposed: an edit is never undone without a word, whoever made it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curation.forges.versions import Branch, Entry, Versions, changes, to_take_up, wanted, with_theirs

PATHS = ("a", "b/c")
versions = st.dictionaries(
    st.sampled_from(PATHS), st.sampled_from([Entry("100644", name) for name in ("x", "y", "z")])
)


@given(versions, versions, versions)
def test_one_sides_change_is_taken_and_two_are_told(work: Versions, base: Versions, target: Versions) -> None:
    chosen = wanted(work, base, target)
    for path in PATHS:
        ours, before, theirs = work.get(path), base.get(path), target.get(path)
        assert chosen.versions.get(path) in (ours, theirs)
        if ours == before:
            assert chosen.versions.get(path) == theirs
        elif theirs in (before, ours):
            assert chosen.versions.get(path) == ours
        else:
            assert path in chosen.kept


@given(versions, versions, versions, versions, versions)
def test_what_others_put_in_the_branch_stands(
    ours: Versions, tip: Versions, seen: Versions, fork: Versions, target: Versions
) -> None:
    branch = Branch(tip, seen, fork)
    chosen = with_theirs(ours, branch, target)
    for path in PATHS:
        if path in chosen.theirs:
            assert chosen.versions.get(path) == tip.get(path) != seen.get(path)
        else:
            assert chosen.versions.get(path) == ours.get(path)
            assert tip.get(path) in (seen.get(path), target.get(path))
    assert set(chosen.kept) <= set(chosen.theirs)
    # Noted as unseen, it is still theirs the next time.
    after = {
        path: version
        for path in PATHS
        if (version := seen.get(path) if path in chosen.theirs else chosen.versions.get(path))
    }
    again = with_theirs(ours, Branch(chosen.versions, after, fork), target)
    assert again.versions == chosen.versions


@given(versions, versions, versions)
def test_taking_up_writes_only_over_what_was_seen(tip: Versions, seen: Versions, work: Versions) -> None:
    files, left = to_take_up(Branch(tip, seen, seen), work)
    for path, entry in files.items():
        assert work.get(path) == seen.get(path)
        assert entry == tip.get(path)
    for path in left:
        assert len({work.get(path), seen.get(path), tip.get(path)}) == 3


@given(versions, versions)
def test_changes_turn_one_into_the_other(before: Versions, after: Versions) -> None:
    made = dict(before)
    for path, entry in changes(before, after).items():
        if entry is None:
            del made[path]
        else:
            made[path] = entry
    assert made == after
