"""The Merkle tree: the vectors that every implementation of RFC 6962 knows, and what must hold for any tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox import merkle
from democracy.ballotbox.merkle import EMPTY_ROOT, Node, Tree, leaf_hash, node_hash
from tests.ballotbox.shared import needs_vectors, vectors

# The eight leaves of Certificate Transparency's reference tests, and the root after each.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(bytes.fromhex(each)) for each in LEAVES]
PATHS = {
    (0, 8): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    (5, 8): ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}  # fmt: skip
PROOFS = {
    (1, 8): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    (6, 8): ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 5): ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
}  # fmt: skip

leaves = st.lists(st.binary(max_size=3).map(leaf_hash), max_size=70)


def plain_root(hashes: list[bytes]) -> bytes:
    """MTH as RFC 6962, 2.1, writes it."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return node_hash(plain_root(hashes[:middle]), plain_root(hashes[middle:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_that_certificate_transparency_publishes(size: int) -> None:
    assert Tree(HASHES[:size]).root.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_paths_are_those_that_certificate_transparency_publishes(index: int, size: int) -> None:
    assert [each.hex() for each in Tree(HASHES).inclusion(index, size)] == PATHS[index, size]


@pytest.mark.parametrize(("old", "new"), PROOFS)
def test_the_consistency_proofs_are_those_that_certificate_transparency_publishes(old: int, new: int) -> None:
    assert [each.hex() for each in Tree(HASHES).consistency(old, new)] == PROOFS[old, new]


def test_a_tree_without_leaves_has_the_hash_of_nothing_as_its_root() -> None:
    assert Tree().root == EMPTY_ROOT == hashlib.sha256(b"").digest()


@given(leaves, st.data())
def test_a_tree_grown_in_any_batches_has_the_root_that_the_rfc_defines(
    hashes: list[bytes], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(hashes)))
    tree = Tree(hashes[:cut])
    assert tree.root == plain_root(hashes[:cut])
    tree.add(hashes[cut:])
    assert tree.root == plain_root(hashes)
    assert tree.root_at(cut) == plain_root(hashes[:cut])


@given(leaves.filter(bool), st.data())
def test_every_leaf_is_proved_to_be_where_it_is_and_nowhere_else(hashes: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(hashes)))
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(hashes)
    path, root = tree.inclusion(index, size), tree.root_at(size)
    assert merkle.includes(hashes[index], index, size, path, root)
    assert not merkle.includes(leaf_hash(b"another one"), index, size, path, root)
    assert not merkle.includes(hashes[index], size, size, path, root)
    assert not merkle.includes(hashes[index], index, size, [*path, EMPTY_ROOT], root)
    assert not path or not merkle.includes(hashes[index], index, size, path[1:], root)
    for other in range(size):
        assert (
            merkle.includes(hashes[index], other, size, path, root) == (other == index)
            or hashes.count(hashes[index]) > 1
        )


@given(leaves, st.data())
def test_a_tree_is_proved_to_go_on_from_every_tree_that_it_was(hashes: list[bytes], data: st.DataObject) -> None:
    new = data.draw(st.integers(0, len(hashes)))
    old = data.draw(st.integers(0, new))
    tree = Tree(hashes)
    proof, before, after = tree.consistency(old, new), tree.root_at(old), tree.root_at(new)
    assert merkle.extends(old, before, new, after, proof)
    assert not merkle.extends(old, before, new, after, [*proof, EMPTY_ROOT])
    if proof:
        bent = [bytes(32), *proof[1:]]
        assert not merkle.extends(old, before, new, after, bent)
        assert not merkle.extends(old, before, new, after, proof[:-1])


@given(leaves.filter(lambda hashes: len(hashes) > 1), st.data())
def test_a_rewritten_leaf_leaves_no_proof_of_growth(hashes: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(hashes) - 1))
    at = data.draw(st.integers(0, old - 1))
    rewritten = Tree([*hashes[:at], leaf_hash(b"rewritten"), *hashes[at + 1 :]])
    proof = rewritten.consistency(old)
    assert not merkle.extends(old, Tree(hashes[:old]).root, len(hashes), rewritten.root, proof)


def test_a_million_leaves_need_a_few_nodes_at_a_time() -> None:
    size, asked = 1_000_003, range(0, 1_000_003, 99_991)
    assert len(merkle.peaks(size)) <= 20
    assert all(len(merkle.needed(merkle.inclusion(index, size))) <= 40 for index in asked)
    assert all(len(merkle.needed(merkle.consistency(old, size))) <= 40 for old in asked)


def test_growing_by_one_reads_the_peaks_and_nothing_else() -> None:
    store: dict[Node, bytes] = {}
    size = 0
    for number in range(300):
        known = {node: store[node] for node in merkle.peaks(size)}
        grown = merkle.grow(size, known, [leaf_hash(bytes([number % 256]))])
        assert not grown.new.keys() & store.keys(), "a node is written once"
        store.update(grown.new)
        size = grown.size
        assert grown.peaks == {node: store[node] for node in merkle.peaks(size)}
    assert len(store) < 2 * size
    assert merkle.root(size, store) == Tree(leaf_hash(bytes([n % 256])) for n in range(300)).root


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion(index, size)


def test_a_tree_never_shrinks() -> None:
    with pytest.raises(ValueError, match="does not go on"):
        merkle.consistency(3, 2)
    assert not merkle.extends(3, ROOTS[2].encode(), 2, ROOTS[1].encode(), [])
    with pytest.raises(ValueError, match="3 leaves"):
        Tree(HASHES[:3]).root_at(4)


@needs_vectors
def test_the_designs_own_proofs_are_found_and_hold() -> None:
    vector = vectors()["V1"]
    log = Tree(leaf_hash(each.encode()) for each in vector["log"])
    included, consistent = vector["inclusion"], vector["consistency"]
    assert [each.hex() for each in log.inclusion(included["index"])] == included["path"]
    assert leaf_hash(vector["log"][2].encode()).hex() == included["leaf_hash"]
    assert [each.hex() for each in log.consistency(consistent["from"], consistent["to"])] == consistent["proof"]
    roll, path = vector["roll"], [bytes.fromhex(each) for each in vector["roll"]["path"]]
    assert merkle.includes(leaf_hash(roll["leaf"].encode()), 3, 5, path, bytes.fromhex(roll["root"]))
