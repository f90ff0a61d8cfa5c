"""Compares hwa's marks of segments with tshark's tcp.analysis.*: tcp_analysis.py HWA CAPTURE... [--packets N] [--show N]

For each mark: in how many packets both have it, only tshark, only hwa. docs/decisions/0013 explains every class of
difference. tshark reads without reassembly: only its TCP analysis is asked for.
"""
import argparse
import collections
import csv
import json
import subprocess
import sys

MARKS = ('retransmission', 'fast_retransmission', 'spurious_retransmission', 'out_of_order', 'duplicate_ack', 'keep_alive',
         'keep_alive_ack', 'zero_window', 'zero_window_probe', 'zero_window_probe_ack', 'window_update', 'window_full',
         'lost_segment', 'ack_lost_segment', 'reused_ports')


def of_tshark(capture, packets):
    fields = ['frame.number', 'tcp.stream'] + ['tcp.analysis.' + mark for mark in MARKS]
    command = ['tshark', '-n', '-r', capture, '-T', 'fields', '-E', 'occurrence=f']
    command += ['-c', str(packets)] if packets else []
    for field in fields:
        command += ['-e', field]
    output = subprocess.run(command, capture_output=True, check=False, text=True).stdout
    for row in csv.reader(output.splitlines(), delimiter='\t'):
        if row[1]:
            yield int(row[0]), {mark for mark, value in zip(MARKS, row[2:]) if value}


def of_hwa(hwa, capture, packets):
    command = [hwa, 'packets', '--json', '-q', capture] + (['-c', str(packets)] if packets else [])
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        for line in run.stdout:
            record = json.loads(line)
            if record.get('packet.kind') == 'tcp':
                yield record['packet.number'], {m for m in MARKS if record.get('tcp.analysis.' + m)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('hwa')
    parser.add_argument('captures', nargs='+')
    parser.add_argument('--packets', type=int, default=0, help='read so many packets of each')
    parser.add_argument('--show', type=int, default=0, help='differences to list for each capture')
    options = parser.parse_args()
    both, theirs, ours = collections.Counter(), collections.Counter(), collections.Counter()
    for capture in options.captures:
        tshark = dict(of_tshark(capture, options.packets))
        hwa = dict(of_hwa(options.hwa, capture, options.packets))
        left = options.show
        for frame in sorted(tshark.keys() & hwa.keys()):
            one, other = tshark[frame], hwa[frame]
            both.update(one & other)
            theirs.update(one - other)
            ours.update(other - one)
            if one != other and left > 0:
                left -= 1
                print(f'{capture} #{frame}: tshark {" ".join(sorted(one)) or "-"}; hwa {" ".join(sorted(other)) or "-"}')
    print(f'{"mark":25} {"both":>8} {"tshark":>8} {"hwa":>8}')
    for mark in MARKS:
        print(f'{mark:25} {both[mark]:8} {theirs[mark]:8} {ours[mark]:8}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
