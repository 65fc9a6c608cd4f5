"""Opens what `madar export` writes with tools that others wrote, and says what they find wrong.

    python3 -m venv checks && checks/bin/pip install followthemoney networkx
    for form in ftm neo4j csv; do madar export $form --to out/$form --case CASE; done
    for form in annotations graphml gexf; do madar export $form --to out/$form.out --case CASE; done
    checks/bin/python crates/madar-lab/checks/exports.py out

Ends with 1 when anything is wrong.
"""

import csv
import json
import pathlib
import sys

import networkx
from followthemoney import model
from followthemoney.statement.serialize import read_csv_statements
from followthemoney.statement.statement import get_prop_type

out = pathlib.Path(sys.argv[1])
wrong = []


def entities():
    """Known schemata, required properties, values that survive cleaning, ends that exist and may stand there."""
    found = {}
    for line in open(out / "ftm/entities.ftm.json", encoding="utf-8"):
        data = json.loads(line)
        entity = model.get_proxy(data)
        entity.schema.validate(data)
        for name, values in data["properties"].items():
            kept = model.get_proxy(data, cleaned=False).get(name)
            lost = [value for value in values if value not in kept or entity.schema.get(name).type.clean(value) is None]
            wrong.extend(f"{entity.schema.name}.{name}: no valid value: {value!r}" for value in lost)
        found[entity.id] = entity
    for entity in found.values():
        for prop, value in entity.itervalues():
            if prop.type.name != "entity":
                continue
            if value not in found:
                wrong.append(f"{entity.schema.name}.{prop.name}: {value} is nowhere")
            elif prop.range and not found[value].schema.is_a(prop.range):
                wrong.append(f"{entity.schema.name}.{prop.name}: a {found[value].schema.name}")
        wrong.extend(f"{entity.schema.name} without {name}" for name in entity.schema.required if not entity.get(name))
    return len(found)


def statements():
    with open(out / "ftm/statements.csv", "rb") as file:
        rows = list(read_csv_statements(file))
    for row in rows:
        if row.prop != "id" and row.id != row.generate_key():
            wrong.append(f"statement {row.id}: another key")
    for row in csv.DictReader(open(out / "ftm/statements.csv", encoding="utf-8")):
        if row["prop_type"] != get_prop_type(row["schema"], row["prop"]):
            wrong.append(f"{row['schema']}.{row['prop']} is no {row['prop_type']}")
    return len(rows)


def graph(read, name):
    read_in = read(out / name)
    for source, target, data in read_in.edges(data=True):
        missing = [key for key in ("claim", "kind", "status", "k_lo", "k_hi", "sentence", "passage") if key not in data]
        if missing:
            wrong.append(f"{name}: an edge without {missing}")
        if not (read_in.nodes[source].get("label") and read_in.nodes[target].get("label")):
            wrong.append(f"{name}: a node without a label")
    return f"{read_in.number_of_nodes()} nodes, {read_in.number_of_edges()} edges"


def annotations():
    items = json.load(open(out / "annotations.out", encoding="utf-8"))["items"]
    for item in items:
        position, quote = item["target"]["selector"]
        if position["end"] - position["start"] != len(quote["exact"]):
            wrong.append(f"{item['id']}: position and quote differ")
    return len(items)


def neo4j():
    nodes = {row["entity:ID"] for row in csv.DictReader(open(out / "neo4j/nodes.csv", encoding="utf-8"))}
    rows = list(csv.DictReader(open(out / "neo4j/relationships.csv", encoding="utf-8")))
    for row in rows:
        if not {row[":START_ID"], row[":END_ID"]} <= nodes:
            wrong.append(f"neo4j: {row['edge']} leads nowhere")
    return len(rows)


print("entities:", entities())
print("statements:", statements())
print("GraphML:", graph(networkx.read_graphml, "graphml.out"))
print("GEXF:", graph(networkx.read_gexf, "gexf.out"))
print("annotations:", annotations())
print("Neo4j relationships:", neo4j())
print(*wrong[:20], sep="\n")
print(f"{len(wrong)} wrong")
sys.exit(bool(wrong))
