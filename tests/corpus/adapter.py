"""Turns hwa's JSON lines (docs/json.md) into the neutral form of the corpus scorer.

The scorer runs hwa once for each capture, with the arguments of the next line.
# score-command: conns --json --exchanges --digest -q {file}
"""
import json

SIDES = (('ab', 'client'), ('ba', 'server'))
MARKS = ('retransmission', 'fast_retransmission', 'spurious_retransmission', 'out_of_order', 'duplicate_ack', 'keep_alive',
         'keep_alive_ack', 'zero_window', 'zero_window_probe', 'zero_window_probe_ack', 'window_update', 'window_full',
         'lost_segment', 'ack_lost_segment', 'reused_ports')
HEADERS = (('Connection', 'connection'), ('Keep-Alive', 'keep_alive'), ('Content-Length', 'content_length'),
           ('Transfer-Encoding', 'transfer_encoding'))


def endpoint(record, side):
    address, port = record[f'{side}.address'], record[f'{side}.port']
    return f'[{address}]:{port}' if ':' in address else f'{address}:{port}'


def version(text):
    return f'HTTP/{text}' if text and text != '0.9' else None


def headers(record, kind):
    """The oracle knows the first line of each name, with tabs as spaces."""
    values = {name: record.get(f'http.{kind}.header.{field}') for name, field in HEADERS}
    return {name: lines[0].replace('\t', ' ') for name, lines in values.items() if lines}


def is_whole(record):
    """tshark, which made the oracle, lists a response only when the capture has all of it; hwa lists the rest too."""
    return record.get('http.response.complete') and not record.get('http.response.body.missing')


def messages(exchanges):
    """The messages of a connection. Requests keep their order, and so do responses."""
    for record in sorted(exchanges, key=lambda e: e['exchange.ordinal']):
        if 'http.request.method' in record:
            yield {'kind': 'request', 'method': record['http.request.method'], 'target': record['http.request.target'],
                   'version': version(record.get('http.request.version')), 'headers': headers(record, 'request')}
        for interim in record.get('http.response.interim', []):
            number, status = interim.rsplit(' ', 1)
            yield {'kind': 'response', 'status': int(status), 'version': version(number), 'headers': {}}
        if 'http.response.status_code' in record and is_whole(record):
            yield {'kind': 'response', 'status': record['http.response.status_code'],
                   'version': version(record.get('http.response.version')), 'headers': headers(record, 'response')}


def opcodes(record):
    """The frames of a WebSocket by opcode (RFC 6455 §5.2)."""
    names = {0: 'frames.continuation', 1: 'frames.text', 2: 'frames.binary', 9: 'pings', 10: 'pongs'}
    counts = {code: sum(record.get(f'ws.{side}.{name}', 0) for _, side in SIDES) for code, name in names.items()}
    counts[8] = sum(f'ws.{side}.frame.close' in record for _, side in SIDES)
    return counts


def connection(record, exchanges):
    result = {
        'a': endpoint(record, 'client'),
        'b': endpoint(record, 'server'),
        'syn': record['conn.client.syn'] + record['conn.server.syn'],
        'synack': record['conn.client.syn_ack'] + record['conn.server.syn_ack'],
    }
    for direction, side in SIDES:
        result[f'packets_{direction}'] = record[f'conn.{side}.packets']
        result[f'bytes_{direction}'] = record[f'conn.{side}.octets']
        result[f'unique_bytes_{direction}'] = record[f'conn.{side}.unique_octets']
        result[f'fin_{direction}'] = record[f'conn.{side}.fin']
        result[f'rst_{direction}'] = record[f'conn.{side}.rst']
        # The oracle's holes lie between octets seen: what the snap length cut was seen, what trails has nothing behind.
        seen_or_trailing = record.get(f'conn.{side}.cut_octets', 0) + record.get(f'conn.{side}.trailing_gap_octets', 0)
        result[f'gap_{direction}'] = record[f'conn.{side}.gap_octets'] > seen_or_trailing
        result[f'sha256_{direction}'] = record[f'conn.{side}.sha256']
    result['analysis'] = {mark: sum(record.get(f'conn.{side}.analysis.{mark}', 0) for _, side in SIDES) for mark in MARKS}
    # Streams of HTTP/2 are exchanges too, and no messages of HTTP/1.
    of_http1 = [exchange for exchange in exchanges if 'h2.stream' not in exchange]
    if of_http1:
        result['http'] = list(messages(of_http1))
    if 'h2.streams' in record:
        result['http2_streams'] = record['h2.streams']
    if 'ws.frames' in record:
        result['websocket'] = opcodes(record)
    return result


def to_neutral(stdout, capture, context):
    connections, exchanges, totals, remarks = [], {}, None, []
    for line in stdout.decode('utf8').splitlines():
        record = json.loads(line)
        if record['type'] == 'exchange':
            exchanges.setdefault(record['conn.id'], []).append(record)
        elif record['type'] == 'conn':
            connections.append(record)
        elif record['type'] == 'capture':
            totals = record
        elif record['type'] == 'remark':
            remarks.append(f'{record["remark.kind"]} at {record["remark.offset"]}')
    if totals is None:
        return {'error': context['stderr'].strip() or 'no output'}
    return {
        'packets': totals['capture.packets'],
        'tcp_packets': totals['capture.packets.tcp'] + totals.get('capture.packets.tcp_header_cut', 0),
        'error': '; '.join(remarks) or None,
        'tcp_connections': [connection(c, exchanges.get(c['conn.id'], [])) for c in connections],
    }
