from collections.abc import Mapping

import pytest
from graphql import GraphQLError, get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from schema.documents import Documents
from schema.execution import Executor, Parameters, Plan
from schema.limits import REMEDIES, LimitReachedError, Limits
from schema.shape_rule import shape_rule
from schema.shapes import Shapes
from tests.schema.sample import schema

LIMITS = Limits()


def plan(
    query: str, variables: Mapping[str, object] | None = None, *, limits: Limits = LIMITS, name: str | None = None
) -> Plan:
    documents = Documents(schema._schema, limits)
    return Executor(schema, documents).plan(Parameters(query, dict(variables or {}), name))


def code(error: GraphQLError) -> str:
    assert isinstance(error, LimitReachedError), error
    return error.code


def refused(query: str, variables: Mapping[str, object] | None = None, *, limits: Limits = LIMITS) -> str:
    errors = plan(query, variables, limits=limits).errors
    assert len(errors) == 1, errors
    return code(errors[0])


def cost(query: str, variables: Mapping[str, object] | None = None) -> int:
    planned = plan(query, variables)
    assert not planned.errors, planned.errors
    assert planned.cost is not None
    return planned.cost


def nested(levels: int) -> str:
    return "{motion" + "{author{motions(first:0){nodes" * levels + "{title}" + "}}}" * levels + "}"


def chain(links: int, spread: str = "...F{0} ...F{0}") -> str:
    """Each fragment spreads the next one twice: 2 to the power of `links` when written out."""
    return (
        "{...F0}"
        + "".join(f"fragment F{link} on Query{{{spread.format(link + 1)}}}" for link in range(links))
        + f"fragment F{links} on Query{{hello}}"
    )


class TestShape:
    def test_a_query_at_the_depth_limit_runs_and_one_level_deeper_is_refused(self) -> None:
        limits = Limits(depth=5)
        assert not plan("{motion{author{motions(first:1){nodes{title}}}}}", limits=limits).errors
        assert refused("{motion{author{motions(first:1){nodes{author{name}}}}}}", limits=limits) == "DEPTH_LIMIT"

    def test_depth_counts_through_fragments(self) -> None:
        query = "{motion{...M}} fragment M on Motion{author{...A}} fragment A on Author{motions(first:1){nodes{title}}}"
        assert not plan(query, limits=Limits(depth=7)).errors
        assert refused(query, limits=Limits(depth=6)) == "DEPTH_LIMIT"

    def test_aliases_count_through_fragments(self) -> None:
        query = "{...A ...A} fragment A on Query{a:hello b:hello}"
        assert not plan(query, limits=Limits(aliases=4)).errors
        assert refused(query, limits=Limits(aliases=3)) == "ALIAS_LIMIT"

    def test_fields_count_through_fragments(self) -> None:
        query = "{...A motion{...M}} fragment A on Query{hello} fragment M on Motion{id title}"
        assert not plan(query, limits=Limits(fields=4)).errors
        assert refused(query, limits=Limits(fields=3)) == "FIELD_LIMIT"

    def test_one_field_written_again_and_again_is_refused(self) -> None:
        assert not plan("{motion{" + "title " * 20 + "}}").errors
        assert refused("{motion{" + "title " * 21 + "}}") == "REPEAT_LIMIT"

    def test_too_many_fragments_or_operations_are_refused(self) -> None:
        fragments = "{hello}" + "".join(f"fragment F{n} on Query{{hello}}" for n in range(61))
        operations = "".join(f"query Q{n}{{hello}}" for n in range(21))
        assert refused(fragments) == "FRAGMENT_LIMIT"
        assert refused(operations) == "OPERATION_LIMIT"

    def test_the_standard_introspection_query_passes(self) -> None:
        assert not plan(get_introspection_query(input_value_deprecation=True)).errors

    def test_introspection_may_be_asked_for_once(self) -> None:
        assert refused("{a:__schema{description} b:__schema{description}}") == "ROOT_FIELD_LIMIT"

    @given(st.lists(st.lists(st.integers(0, 11), max_size=4), min_size=12, max_size=12))
    def test_no_selection_is_visited_twice_whatever_the_fragments_spread(self, spreads: list[list[int]]) -> None:
        forward = [[each for each in names if each > here] for here, names in enumerate(spreads)]
        text = "{...F0 ...F1}" + "".join(
            f"fragment F{here} on Query{{hello {' '.join(f'...F{each}' for each in names)}}}"
            for here, names in enumerate(forward)
        )
        shapes = Shapes(parse(text))
        for operation in shapes.operations:
            shapes.of(operation)
        assert shapes.visits == 2 + sum(1 + len(names) for names in forward)

    def test_the_rule_is_one_class_for_the_process(self) -> None:
        assert shape_rule(Limits()) is shape_rule(Limits())


PAGES = "motions(first:100){nodes{author{motions(first:100){nodes{author{motions(first:100){nodes{title}}}}}}}}"
BOMBS = {
    "DEPTH_LIMIT": nested(30),
    "ALIAS_LIMIT": "{" + " ".join(f"a{n}:hello" for n in range(1000)) + "}",
    "FIELD_LIMIT": chain(15),
    "FRAGMENT_CYCLE": "{...A} fragment A on Query{...B ...B} fragment B on Query{...A ...A}",
    "TOKEN_LIMIT": "{" + "hello " * 200_000 + "}",
    "COST_LIMIT": "{" + PAGES + "}",
}


class TestBombs:
    @pytest.mark.parametrize("expected", BOMBS)
    def test_a_bomb_is_refused_by_its_limit(self, expected: str) -> None:
        assert refused(BOMBS[expected]) == expected

    def test_853_bytes_of_chained_fragments_take_as_many_visits_as_selections(self) -> None:
        bomb = chain(23)
        assert len(bomb) < 1000
        shapes = Shapes(parse(bomb))
        assert shapes.of(shapes.operations[0]).fields == 2**23
        assert shapes.visits == 1 + 2 * 23 + 1

    def test_a_chain_that_aliases_each_link_is_refused_too(self) -> None:
        links = "".join(
            f"fragment F{n} on Author{{motions(first:1){{nodes{{a:author{{...F{n + 1}}} b:author{{...F{n + 1}}}}}}}}}"
            for n in range(20)
        )
        assert refused("{motion{author{...F0}}}" + links + "fragment F20 on Author{name}") in {
            "DEPTH_LIMIT",
            "ALIAS_LIMIT",
        }

    def test_a_long_cycle_is_refused(self) -> None:
        ring = "".join(f"fragment F{n} on Query{{...F{(n + 1) % 50}}}" for n in range(50))
        assert refused("{...F0}" + ring) == "FRAGMENT_CYCLE"


class TestCost:
    def test_leaves_are_free_and_each_object_costs_one(self) -> None:
        assert cost("{hello}") == 0
        assert cost("{motion{title author{name}}}") == 2

    def test_first_multiplies_edges_and_nodes_but_not_page_info(self) -> None:
        assert cost("{motions(first:50){edges{node{title}} pageInfo{hasNextPage}}}") == 1 + 50 * 2 + 1
        assert cost("{motions(last:7){nodes{title}}}") == 1 + 7

    def test_nested_sizes_multiply(self) -> None:
        assert cost("{motions(first:10){nodes{author{motions(first:20){nodes{title}}}}}}") == 1 + 10 * (1 + 1 + 1 + 20)

    def test_a_list_without_a_size_counts_as_the_usual_or_as_the_field_says(self) -> None:
        assert cost("{motion{clauses{text}}}") == 1 + LIMITS.list_size
        assert cost("{motion{movers{name}}}") == 1 + 3

    def test_a_connection_without_a_size_counts_as_its_largest_page(self) -> None:
        assert cost("{motions{nodes{title}}}") == 1 + LIMITS.page_size

    def test_ids_count_by_their_number(self) -> None:
        assert cost('{nodes(ids:["a","b","c"]){title}}') == 3
        assert cost("query($ids:[ID!]!){nodes(ids:$ids){title}}", {"ids": ["a", "b"]}) == 2

    def test_a_field_may_name_its_own_cost(self) -> None:
        assert cost('{search(words:"buss")}') == 40

    def test_variables_decide_sizes_with_their_defaults(self) -> None:
        query = "query($n:Int=4){motions(first:$n){nodes{title}}}"
        assert [cost(query, given) for given in (None, {}, {"n": 9}, {"n": 0}, {"n": -3})] == [5, 5, 10, 1, 1]

    def test_a_variable_of_the_wrong_type_counts_as_the_largest_page(self) -> None:
        assert cost("query($n:Int){motions(first:$n){nodes{title}}}", {"n": "9"}) == 1 + LIMITS.page_size

    def test_a_kept_document_answers_anew_for_each_size(self) -> None:
        executor = Executor(schema, Documents(schema._schema, LIMITS))
        query = "query($n:Int!){motions(first:$n){nodes{title}}}"
        costs = [executor.plan(Parameters(query, {"n": size})).cost for size in (1, 100, 1, 50)]
        assert costs == [2, 101, 2, 51]

    def test_a_fragment_is_priced_by_the_page_that_it_stands_in(self) -> None:
        fragment = "fragment F on MotionConnection{nodes{title} pageInfo{hasNextPage}}"
        assert cost("{a:motions(first:2){...F} b:motions(first:30){...F}}" + fragment) == (1 + 2 + 1) + (1 + 30 + 1)

    def test_inline_fragments_on_a_union_are_added_up(self) -> None:
        assert cost("mutation{submit{... on Motion{author{name}} ... on NotAllowed{message}}}") == 2

    def test_the_refusal_names_what_was_asked_for_and_the_limit(self) -> None:
        (error,) = plan(
            "{motions(first:100){nodes{author{motions(first:100){nodes{author{motions(first:5){nodes{id}}}}}}}}}"
        ).errors
        assert isinstance(error, LimitReachedError)
        assert error.params["limit"] == LIMITS.cost
        assert str(error.params["requested"]) in error.words("sv")


class TestRootFields:
    def test_a_root_field_may_be_repeated_only_so_often(self) -> None:
        attempts = "mutation{" + " ".join(f"a{n}:signIn" for n in range(11)) + "}"
        assert refused(attempts) == "ROOT_FIELD_LIMIT"

    def test_repetitions_count_through_fragments(self) -> None:
        query = "{...A ...B} fragment A on Query{...B ...B} fragment B on Query{hello}"
        assert not plan(query, limits=Limits(root_field=3)).errors
        assert refused(query, limits=Limits(root_field=2)) == "ROOT_FIELD_LIMIT"

    def test_every_operation_of_the_document_is_held(self) -> None:
        query = "query A{hello} query B{a:hello b:hello c:hello}"
        assert plan(query, limits=Limits(root_field=2), name="A").errors


class TestWords:
    @pytest.mark.parametrize("name", REMEDIES)
    def test_every_limit_has_words_in_both_languages(self, name: str) -> None:
        error = LimitReachedError(name, limit=7, requested=9, name="hello")
        assert error.words("sv") != error.words("en")
        assert "{" not in error.words("sv") + error.words("en")


class TestKeptDocuments:
    def test_the_same_text_is_checked_once(self) -> None:
        documents = Documents(schema._schema, LIMITS)
        assert documents.load("{hello}") is documents.load("{hello}")

    def test_the_memory_for_kept_documents_is_bounded(self) -> None:
        documents = Documents(schema._schema, LIMITS, keep=1000)
        for number in range(500):
            documents.load(f"{{a{number}:hello}}")
        assert sum(map(len, documents._kept)) == documents._characters <= 1000

    def test_introspection_can_be_switched_off(self) -> None:
        documents = Documents(schema._schema, LIMITS, introspection=False)
        assert documents.load("{__schema{description}}").errors
        assert "Did you mean" not in documents.load("{hallo}").errors[0].message
