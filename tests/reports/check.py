#!/usr/bin/env python3
"""Reads what hwa check writes with the parsers of others, and compares it with the verdicts of --json.

Usage: check.py HWA CAPTURE... ; JUnit's XML by junitparser, and SARIF by the schema that OASIS has published (NOTICE.md).
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import junitparser

SPEC = Path(__file__).with_name("contract.hwa.yaml")
SARIF = Path(__file__).with_name("sarif-schema-2.1.0.json")
SEVERE = "error"


def expected(verdict):
    """What JUnit's XML has to say of a verdict."""
    if verdict["check.outcome"] == "passed":
        return "passed"
    is_severe = verdict["check.severity"] == SEVERE
    if verdict["check.outcome"] == "failed":
        return "Failure" if is_severe else "warned"
    return "Error" if is_severe else "Skipped"


def found(case):
    if case.result:
        return type(case.result[0]).__name__
    return "warned" if case.system_out else "passed"


def junit(path, verdicts):
    cases = [case for suite in junitparser.JUnitXml.fromfile(path) for case in suite]
    told = [(found(case), (case.result[0].message if case.result else case.system_out) or "") for case in cases]
    assert [kind for kind, _ in told] == [expected(verdict) for verdict in verdicts], told
    for (kind, text), verdict in zip(told, verdicts):
        assert kind == "passed" or verdict["check.text"] in text, (text, verdict)
    for suite in junitparser.JUnitXml.fromfile(path):
        kinds = [found(case) for case in suite]
        counts = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counts == (len(kinds), kinds.count("Failure"), kinds.count("Error"), kinds.count("Skipped")), counts
    return len(cases)


def sarif(path, verdicts):
    log = json.loads(Path(path).read_text(encoding="utf-8"))
    results = log["runs"][0]["results"]
    assert len(results) >= sum(verdict["check.outcome"] != "passed" for verdict in verdicts)
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    errors = [f"{list(error.path)}: {error.message}" for error in kind(schema).iter_errors(log)]
    assert not errors, errors
    return len(results)


def main(hwa, *captures):
    with tempfile.TemporaryDirectory() as folder:
        xml, log = f"{folder}/report.xml", f"{folder}/report.sarif"
        run = subprocess.run(
            [hwa, "check", SPEC, *captures, "--json", "--junit", xml, "--sarif", log], stdout=subprocess.PIPE, check=False
        )
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        verdicts = [line for line in lines if line["type"] == "verdict"]
        assert run.returncode == 1 and verdicts, run
        print(f"junitparser reads {junit(xml, verdicts)} cases as they were judged; SARIF has {sarif(log, verdicts)} results and is valid")


if __name__ == "__main__":
    main(*sys.argv[1:])
