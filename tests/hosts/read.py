"""Reads what was written for the hosts with PyYAML, tomllib and the validator of Agent Skills. Takes the
lines of `conversions` from standard input; prints one line for each difference and then the counts."""

import collections
import json
import re
import sys
import tomllib
from pathlib import Path

import yaml
from skills_ref.errors import ParseError
from skills_ref.parser import parse_frontmatter
from skills_ref.validator import validate_metadata

counts = collections.Counter()
differences = []


def differ(line, reader, what):
    differences.append(f"{line['source']} for {line['host']}, {reader}: {what}")


def role_of(line, root):
    for step in (line["roles"] or "").split("."):
        if step == "*":
            root = next(iter(root.values()))
        elif step.endswith("[]"):
            root = root[step[:-2]][0]
        elif step:
            root = root[step]
    return root


def compare(line, reader, role):
    field = line["descriptionField"]
    if line["description"] is not None and field:
        found = role.get(field)
        if not isinstance(found, str) or found.strip() != line["description"].strip():
            differ(line, reader, f"description {found!r:.160} instead of {line['description']!r:.160}")
    name = role.get(line["nameField"]) if line["nameField"] else None
    if name is not None and not isinstance(name, str):
        differ(line, reader, f"name {name!r}")


def prompt_of(line, role):
    texts = [role.get(name, "") for name in line["prompts"]]
    own = texts[2:] if len(texts) > 2 else texts
    return "\n\n".join(text.strip("\n") for text in own if text.strip("\n"))


def read(line):
    if line["syntax"] == "toml":
        counts["tomllib"] += 1
        role = tomllib.loads(line["text"])
        compare(line, "tomllib", role)
        if prompt_of(line, role).strip() != line["prompt"].strip():
            differ(line, "tomllib", "another prompt")
    elif line["syntax"] == "yaml":
        counts["PyYAML"] += 1
        role = role_of(line, yaml.safe_load(line["text"]))
        compare(line, "PyYAML", role)
        if prompt_of(line, role).strip() != line["prompt"].strip():
            differ(line, "PyYAML", "another prompt")
    elif line["frontMatter"]:
        counts["PyYAML"] += 1
        found = re.match(r"---\n((?:.*?\n)??)---\n", line["text"], re.DOTALL)
        compare(line, "PyYAML", yaml.safe_load(found.group(1)) or {})


def validate(line):
    """The Agent Skills' own opinion of a skill."""
    counts["the validator of Agent Skills"] += 1
    try:
        metadata, _ = parse_frontmatter(line["text"])
        found = validate_metadata(metadata, Path(line["path"]).parent)
    except ParseError as error:
        found = [str(error)]
    except Exception as error:
        found = [repr(error)]
    # It does not look for a prompt.
    sound = line["sound"] and line["prompt"].strip() != ""
    if found if line["loads"] else not found and sound:
        differ(line, "skills-ref", "; ".join(found) or "valid, but an error was reported")


for text in sys.stdin:
    line = json.loads(text)
    try:
        read(line)
    except Exception as error:
        differ(line, "Python", f"cannot be read: {str(error).splitlines()[0]}")
    if line["host"] == "agent-skill":
        validate(line)

for difference in differences:
    print(f"different: {difference}")
for what, number in counts.items():
    print(f"{what}: {number} files")
print(f"{len(differences)} differences")
sys.exit(1 if differences else 0)
