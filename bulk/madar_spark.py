"""Reads very many articles with Apache Spark, whose scheduler hands parts of them to `madar bulk`.

    madar_spark.py read --to OUT INPUT…        Parquet with a row to each article, or WARC, ZIP, … files
    madar_spark.py merge OUT --case x.madar    takes what was read into a case

Each part goes through one `madar bulk`; what it writes becomes Parquet: a row to each document, with its facts as a
column to query and the whole of its reading as a record. A part whose worker dies is read again by Spark, and only what
was read to its end is kept; ids are hashes of what they name, so taking a part in twice changes nothing.
"""

import argparse
import subprocess
import sys

from pyspark.sql import SparkSession

PARTY = "struct<role: string, name: string, kind: string>"
FACT = (f"struct<kind: string, status: string, passage: string, start: int, end: int, time: string, "
        f"parties: array<{PARTY}>>")
ROW = (f"id string, bytes string, origin string, title string, address string, publisher string, published string, "
       f"reader string, facts array<{FACT}>, document string, reading string, error string")


def session(arguments):
    builder = SparkSession.builder.appName("madar").config("spark.ui.enabled", "false")
    # what is taken over one part after the other must fit into the driver
    builder = builder.config("spark.sql.files.maxPartitionBytes", "16m").config("spark.driver.memory", "2g")
    if arguments.master:
        builder = builder.master(arguments.master)
    return builder.getOrCreate()


def bulk(madar, reader, *paths):
    return subprocess.list2cmdline([madar, "bulk", "--reader", reader, *paths])


def files_read(part, madar, reader):
    """The lines of each file; Spark reads the part again when one of them stops."""
    for path in part:
        with subprocess.Popen([madar, "bulk", "--reader", reader, path], stdout=subprocess.PIPE, text=True) as reading:
            yield from reading.stdout
        if reading.returncode != 0:
            raise RuntimeError(f"madar bulk stopped with {reading.returncode} at {path}")


def read(arguments):
    spark = session(arguments)
    tables = [path for path in arguments.input if path.rstrip("/").endswith(".parquet")]
    files = [path for path in arguments.input if path not in tables]
    madar, reader = arguments.madar, arguments.reader
    lines = spark.sparkContext.emptyRDD()
    if tables:
        rows = spark.read.parquet(*tables)
        if arguments.parts:
            rows = rows.repartition(arguments.parts)
        # one process to a part, its cores are Spark's to give
        lines = rows.toJSON().pipe(bulk(madar, reader, "-"), env={"RAYON_NUM_THREADS": "1"}, checkCode=True)
    if files:
        parts = spark.sparkContext.parallelize(files, arguments.parts or len(files))
        lines = lines.union(parts.mapPartitions(lambda part: files_read(part, madar, reader)))
    spark.read.schema(ROW).json(lines).write.mode("error").parquet(arguments.to)
    found = spark.read.parquet(arguments.to)
    failed = found.filter("error is not null").count()
    print(f"{found.count() - failed} documents read, {failed} not; in {arguments.to}")


def merge(arguments):
    spark = session(arguments)
    rows = spark.read.parquet(arguments.out).toJSON().toLocalIterator()
    with subprocess.Popen([arguments.madar, "merge", "-", "--case", arguments.case], stdin=subprocess.PIPE, text=True,
                          encoding="utf-8") as taking:
        for row in rows:
            taking.stdin.write(row + "\n")
        taking.stdin.close()
    sys.exit(taking.returncode)


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--madar", default="madar", help="the binary, at this place on every worker")
    parse.add_argument("--master", help="where Spark runs, as spark-submit takes it: local[4,3], spark://host:7077, yarn")
    commands = parse.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read")
    reading.add_argument("input", nargs="+", help="tables (….parquet) with columns text, title, url, publisher, date; or files")
    reading.add_argument("--to", required=True, help="a folder that is not there yet")
    reading.add_argument("--reader", default="fast", choices=["fast", "accurate"])
    reading.add_argument("--parts", type=int, help="into how many parts; else as the tables are, or one to a file")
    taking = commands.add_parser("merge")
    taking.add_argument("out", help="the folder that `read` wrote")
    taking.add_argument("--case", required=True, help="a case file, or postgres://… of a shared case")
    arguments = parse.parse_args()
    read(arguments) if arguments.command == "read" else merge(arguments)


if __name__ == "__main__":
    main()
