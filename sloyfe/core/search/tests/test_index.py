"""The index keeps its tables in agreement, whatever is put in, changed, taken out or built anew."""

from collections import Counter
from threading import Thread

import pytest
from django.db import connections, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.core.access import NoViewer
from sloyfe.core.search.ask import search
from sloyfe.core.search.grams import Field
from sloyfe.core.search.index import CROWDED, put, rebuild, remove
from sloyfe.core.search.models import Document, GramCount, Kind, Posting
from sloyfe.core.search.packing import EVERY, gram_of, unpacked, weight_of
from sloyfe.core.search.tests.texts import KIND, documents

pytestmark = pytest.mark.django_db


def rows(model):
    return model.objects.for_system("a test counts")


def written():
    """All there is, by key instead of number."""
    keys = dict(rows(Document).values_list("pk", "key"))
    listed = rows(Posting).values_list("kind", "gram", "document", "weight")
    return sorted((kind, keys[document], gram, weight) for kind, gram, document, weight in listed)


def counted():
    sums = rows(GramCount).values_list("kind", "gram").annotate(Sum("documents")).order_by()
    return {(kind, gram): documents for kind, gram, documents in sums if documents}


def assert_tables_agree():
    held = Counter(rows(Posting).values_list("kind", "gram"))
    for document in rows(Document):
        held[document.kind_id, EVERY] += 1
        own = rows(Posting).filter(document=document.pk).values_list("gram", "weight")
        assert sorted(own) == sorted((gram_of(one), weight_of(one)) for one in unpacked(document.postings))
        assert own
    assert counted() == held
    assert set(rows(Posting).values_list("document", flat=True)) == set(rows(Document).values_list("pk", flat=True))


TEXT = st.text("abdegiklnorstæøå ", max_size=25)
FIELDS = st.lists(st.builds(Field, TEXT, st.integers(1, 4)), max_size=3)
KEYS = st.sampled_from("abc")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("put"), KEYS, FIELDS),
        st.tuples(st.just("remove"), KEYS, st.none()),
        st.tuples(st.just("rebuild"), st.none(), st.dictionaries(KEYS, FIELDS)),
    ),
    max_size=8,
)


@given(CHANGES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_tables_agree_after_any_changes(changes):
    expected = {}
    with transaction.atomic():
        put("another kind", "a", [Field("dette står i ro")])
        beside = [row for row in written()]
        for what, key, given_fields in changes:
            if what == "put":
                put("kind", key, given_fields)
                expected[key] = given_fields
            elif what == "remove":
                remove("kind", key)
                expected.pop(key, None)
            else:
                rebuild("kind", given_fields.items())
                expected = dict(given_fields)
            assert_tables_agree()
        with_words = {key for key, fields in expected.items() if any(text.split() for text, _ in fields)}
        assert set(rows(Document).filter(kind__name="kind").values_list("key", flat=True)) == with_words
        assert [row for row in written() if row in beside] == beside
        transaction.set_rollback(True)


@given(FIELDS, FIELDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_there_before_leaves_no_trace(before, after):
    with transaction.atomic():
        put("kind", "other", [Field("en annen tekst")])
        put("kind", "key", after)
        fresh = written(), counted()
        put("kind", "key", before)
        put("kind", "key", after)
        assert (written(), counted()) == fresh
        transaction.set_rollback(True)


def test_putting_the_same_again_writes_nothing(django_assert_num_queries):
    put("kind", "key", [Field("økonomi og budsjett", 3)])
    with django_assert_num_queries(4) as asked:  # a savepoint, two questions, and its release
        put("kind", "key", [Field("økonomi og budsjett", 3)])
    assert not [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_taking_out_what_was_never_there_is_no_error():
    remove("kind", "key")
    assert not rows(Document).exists()


def test_taking_out_takes_everything():
    put("kind", "key", [Field("økonomi", 3)])
    put("kind", "other", [Field("gjeld", 3)])
    remove("kind", "key")
    assert search("økonomi", kinds=["kind"]) == []
    assert [hit.key for hit in search("gjeld", kinds=["kind"])] == ["other"]
    assert_tables_agree()


def test_a_changed_text_is_found_at_the_next_search():
    put("kind", "key", [Field("økonomi", 3)])
    put("kind", "key", [Field("gjeld", 3)])
    assert search("økonomi", kinds=["kind"]) == []
    assert [hit.key for hit in search("gjeld", kinds=["kind"])] == ["key"]


def test_a_change_rolled_back_leaves_no_trace():
    put("kind", "key", [Field("økonomi", 3)])
    before = written(), counted()
    with transaction.atomic():
        put("kind", "key", [Field("gjeld", 3)])
        put("kind", "new", [Field("gjeld", 3)])
        transaction.set_rollback(True)
    assert (written(), counted()) == before


def test_built_at_once_is_the_same_as_put_one_by_one():
    assert rebuild(KIND, documents()) == 60
    at_once = written(), counted()
    for key, _ in documents():
        remove(KIND, key)
    for key, fields in documents():  # the kind keeps its usual length
        put(KIND, key, fields)
    assert (written(), counted()) == at_once


def test_a_kind_remembers_its_usual_length_until_it_is_built_anew():
    rebuild("kind", [("a", [Field("en to")]), ("b", [Field("en to tre fire fem seks sju")])])
    usual = rows(Kind).get(name="kind").usual_length
    put("kind", "c", [Field("en svært mye lengre tekst enn de andre " * 10)])
    assert rows(Kind).get(name="kind").usual_length == usual == 8


def test_documents_are_numbered_by_key_so_that_ties_come_out_alike():
    rebuild("kind", [(key, [Field("like tekster")]) for key in ("b", "c", "a")])
    assert [hit.key for hit in search("like", kinds=["kind"])] == ["a", "b", "c"]


def test_a_key_that_comes_twice_stops_the_building():
    rebuild("kind", [("a", [Field("økonomi")])])
    before = written(), counted()
    with pytest.raises(ValueError, match="same key"):
        rebuild("kind", [("b", [Field("gjeld")]), ("b", [Field("rus")])])
    assert (written(), counted()) == before


def test_a_weight_outside_the_scale_changes_nothing():
    put("kind", "key", [Field("økonomi", 3)])
    before = written(), counted()
    for change in (lambda: put("kind", "key", [Field("x", 99)]), lambda: rebuild("kind", [("a", [Field("x", 0)])])):
        with pytest.raises(ValueError, match="weight"):
            change()
        assert (written(), counted()) == before


def test_counts_are_folded_before_they_crowd():
    for at in range(3 * CROWDED):
        put("kind", str(at), [Field("økonomi")])
    each = Counter(rows(GramCount).values_list("gram", flat=True))
    assert max(each.values()) <= CROWDED
    assert_tables_agree()


def test_no_viewer_reads_the_index(cast):
    rebuild(KIND, documents())
    for model in (Kind, Document, Posting, GramCount):
        with pytest.raises(NoViewer):
            list(model.objects.all())


def put_all(keys, failures):
    try:
        for round_ in range(3):
            with transaction.atomic():
                for key in keys:
                    put("kind", key, [Field(f"økonomi og gjeld {key} {round_}", 3)])
    except Exception as error:  # told to the test's own thread
        failures.append(error)
    finally:
        connections["default"].close()


@pytest.mark.django_db(transaction=True)
def test_a_kind_is_built_and_tidied_where_it_is_really_committed(caplog):
    assert rebuild(KIND, documents()) == 60
    assert [hit.key for hit in search("modia", kinds=[KIND])] == ["modia"]
    assert caplog.records == []  # what goes wrong after the commit is only logged


@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_neither_wait_in_a_ring_nor_miscount():
    """Long transactions on the same grams, in opposite orders: the counts would deadlock if rows were shared."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    failures = []
    keys = [f"{letter}{at}" for letter in "ab" for at in range(20)]
    writers = [Thread(target=put_all, args=(part, failures)) for part in (keys[:20], keys[:19:-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert rows(Document).count() == 40
    assert_tables_agree()


@pytest.mark.django_db(transaction=True)
def test_the_same_new_document_from_two_writers_is_counted_once():
    if connections["default"].vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    failures = []
    writers = [Thread(target=put_all, args=(["same"], failures)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert rows(Document).count() == 1
    assert_tables_agree()


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_holds_up_nobody():
    """It has just folded the very counts the other writer adds to, and is not done."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    for at in range(CROWDED - 1):
        put("kind", str(at), [Field("økonomi", 3)])
    failures = []
    with transaction.atomic():
        put("kind", "slow", [Field("økonomi", 3)])
        quick = Thread(target=put_all, args=(["quick"], failures), daemon=True)
        quick.start()
        quick.join(timeout=20)
        waited = quick.is_alive()
    quick.join()
    assert not waited
    assert failures == []
    assert_tables_agree()
