"""Judges a score of the corpus: check.py RESULTS.json DISPUTES.md

Fails where a capture crashed or hung, where a check failed that the page does not dispute, and where the page
disputes a check that does not fail. Checks that are absent belong to protocols that hwa does not read yet.
"""
import json
import re
import sys

HEADING = re.compile(r'^## (\S+): (`.+)$', re.MULTILINE)


def disputes(page):
    for capture, checks in HEADING.findall(page):
        for check in re.findall(r'`([^`]+)`', checks):
            yield capture, check


def main(results, page):
    soft = {'payload_sha256_one_tool', 'tcp_analysis', 'zeek_http'}
    disputed, failed, dead = set(disputes(page)), set(), []
    for capture in results:
        if capture['dead']:
            dead.append(f'{capture["file"]}: {capture["dead"]}')
        failed |= {(capture['file'], check) for check, found in capture['checks'].items()
                   if found['state'] == 'fail' and check not in soft}
    complaints = dead
    complaints += [f'{file}: {check} fails and is not disputed' for file, check in sorted(failed - disputed)]
    complaints += [f'{file}: {check} is disputed and does not fail' for file, check in sorted(disputed - failed)]
    print('\n'.join(complaints) or f'{len(results)} captures; every check that fails is disputed with its evidence')
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main(json.load(open(sys.argv[1])), open(sys.argv[2], encoding='utf8').read()))
