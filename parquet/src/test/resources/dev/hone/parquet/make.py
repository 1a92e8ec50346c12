"""Writes the files of these tests beside itself. Needs pyarrow (written with 26.0.1)."""

import datetime
import decimal
import json
import pathlib
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent


def stamp(*parts):
    return datetime.datetime(*parts)


TYPES = pa.table(
    {
        "text": ["first", "zweite äöü 🥖", "third"],
        "topic": ["A", "B", None],
        "urgency": pa.array([1, 2, None], pa.int32()),
        "tags": [["x", "y"], [], None],
        "nested": [{"a": 1, "b": ["p", None]}, None, {"a": None, "b": []}],
        "turns": [[{"who": "Ann", "said": "hi"}, {"who": "Bo", "said": None}], [], None],
        "map": pa.array([[("k", 1), ("l", None)], [], None], pa.map_(pa.string(), pa.int64())),
        "truth": [True, False, None],
        "small": pa.array([0.5, float("nan"), None], pa.float32()),
        "half": pa.array([1.5, -2.0, None], pa.float16()),
        "double": [0.1, 1e300, None],
        "price": pa.array([decimal.Decimal("1.50"), decimal.Decimal("-0.05"), None], pa.decimal128(10, 2)),
        "day": pa.array([datetime.date(2025, 1, 2), datetime.date(1969, 12, 31), None]),
        "time": pa.array([datetime.time(1, 2, 3, 4000), datetime.time(0), None], pa.time64("us")),
        "local": pa.array([stamp(2025, 1, 2, 3, 4, 5, 678000), stamp(1969, 12, 31, 23, 59, 59, 1), None], pa.timestamp("us")),
        "utc": pa.array([stamp(2025, 1, 2, 3, 4, 5), stamp(1960, 1, 1), None], pa.timestamp("ms", "UTC")),
        "unsigned": pa.array([2**64 - 1, 0, None], pa.uint64()),
        "bytes": pa.array([b"\xff\x00", b"plain", None], pa.binary()),
        "uuid": pa.array([uuid.UUID(int=1).bytes, uuid.UUID(int=2**127).bytes, None], pa.uuid()),
    }
)

for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pq.write_table(TYPES, HERE / f"types.{codec}.parquet", compression=codec, row_group_size=2)
pq.write_table(
    TYPES,
    HERE / "types.pages2.parquet",
    compression="zstd",
    data_page_version="2.0",
    use_dictionary=False,
    use_compliant_nested_type=False,
)
pq.write_table(TYPES.slice(0, 1), HERE / "first.parquet")
old = pa.table({"text": ["a"], "topic": ["b"], "at": pa.array([stamp(2025, 1, 2, 3, 4, 5, 6)], pa.timestamp("us"))})
pq.write_table(old, HERE / "int96.parquet", use_deprecated_int96_timestamps=True)

features = {"label": {"names": ["SAD", "GLAD"], "_type": "ClassLabel"}, "text": {"dtype": "string", "_type": "Value"}}
schema = pa.schema([("text", pa.string()), ("label", pa.int64())]).with_metadata(
    {"huggingface": json.dumps({"info": {"features": features}})}
)
(HERE / "parts").mkdir(exist_ok=True)
for part, rows in enumerate([[("What a day!", 1), ("Not again.", 0)], [("Hm.", -1)]]):
    table = pa.table([[t for t, _ in rows], [n for _, n in rows]], schema=schema)
    pq.write_table(table, HERE / "parts" / f"train-{part:05}-of-00002.parquet")
many = pa.table({"text": [f"row {i}" for i in range(5000)], "topic": ["AB"[i % 2] for i in range(5000)]})
pq.write_table(many, HERE / "many.parquet", compression="snappy", row_group_size=1000)
