using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The fields of one end of a connection: what it sent, and what became of it.</summary>
internal sealed class ConnectionEndFields(FieldSet set, string side)
{
    private readonly Field _state = set.Add($"conn.state.{side}", Words.TcpStates, "State when last seen (RFC 9293 §3.3.2)");
    private readonly Field _basis = set.Add($"conn.state.{side}.basis", Words.Bases, "How that is known: assumed, acked, sent, timer");
    private readonly Field _stateFrame = set.Add($"conn.state.{side}.frame", Number, "The packet that put it into the state");
    private readonly Field _packets = set.Add($"conn.{side}.packets", Number, "Segments it sent");
    private readonly Field _octets = set.Add($"conn.{side}.octets", Number, "Payload octets on the wire, repeats included");
    private readonly Field _unique = set.Add($"conn.{side}.unique_octets", Number, "Payload octets without repeats");
    private readonly Field _delivered = set.Add($"conn.{side}.delivered_octets", Number, "Octets handed on in order");
    private readonly Field _duplicate = set.Add($"conn.{side}.duplicate_octets", Number, "Octets seen before; absent when 0, as are all that follow to after_end_octets");
    private readonly Field _late = set.Add($"conn.{side}.late_octets", Number, "Octets for a hole that had been given up");
    private readonly Field _cut = set.Add($"conn.{side}.cut_octets", Number, "Octets cut off by the snap length");
    private readonly Field _afterEnd = set.Add($"conn.{side}.after_end_octets", Number, "Octets beyond its FIN, or after a RST");
    private readonly Field _gap = set.Add($"conn.{side}.gap_octets", Number, "Octets of its stream that were not captured");
    private readonly Field _trailingGap = set.Add($"conn.{side}.trailing_gap_octets", Number, "The part of gap_octets behind the last octet seen; absent when 0");
    private readonly Field _syn = set.Add($"conn.{side}.syn", Number, "SYN without ACK");
    private readonly Field _synAck = set.Add($"conn.{side}.syn_ack", Number, "SYN with ACK");
    private readonly Field _fin = set.Add($"conn.{side}.fin", Number, "FIN, repeats included");
    private readonly Field _rst = set.Add($"conn.{side}.rst", Number, "RST");
    private readonly Field _retransmissions = set.Add($"conn.{side}.retransmissions", Number, "Segments all of whose octets had been seen");
    private readonly Field _outOfOrder = set.Add($"conn.{side}.out_of_order", Number, "Segments that filled a hole left by a later one");
    private readonly Field _probes = set.Add($"conn.{side}.keep_alive_probes", Number, "TCP keep-alive probes (RFC 9293 §3.8.4)");
    private readonly Field _zeroWindows = set.Add($"conn.{side}.zero_windows", Number, "Segments that closed its receive window");
    private readonly Field _badChecksums = set.Add($"conn.{side}.bad_checksums", Number, "Wrong TCP checksums: often checksum offload on the capturing host");
    private readonly Field _conflicts = set.Add($"conn.{side}.overlap_conflicts", Number, "Repeated octets that differ from the first copy");
    private readonly Field _sha256 = set.Add($"conn.{side}.sha256", Text, "SHA-256 of the delivered octets, with --digest");
    private readonly Field _isn = set.Add($"conn.{side}.isn", Number, "Initial sequence number");
    private readonly Field _mss = set.Add($"conn.{side}.mss", Number, "MSS option of its SYN");
    private readonly Field _windowScale = set.Add($"conn.{side}.window_scale", Number, "Window scale option of its SYN");
    private readonly Field _sack = set.Add($"conn.{side}.sack", Flag, "true where it permitted SACK");
    private readonly Field _timestamps = set.Add($"conn.{side}.timestamps", Flag, "true where it offered timestamps");
    private readonly Field _multipath = set.Add($"conn.{side}.multipath", Flag, "true where it spoke Multipath TCP");
    private readonly Field _fastOpen = set.Add($"conn.{side}.fast_open", Flag, "true where it used TCP Fast Open");
    private readonly Field _synData = set.Add($"conn.{side}.syn_data", Flag, "true where its SYN carried octets");
    private readonly Field _ttl = set.Add($"conn.{side}.ttl", Number, "TTL or hop limit of its first segment");
    private readonly Field _synFrame = set.Add($"conn.{side}.frame.syn", Number, "First SYN or SYN-ACK");
    private readonly Field _finFrame = set.Add($"conn.{side}.frame.fin", Number, "First FIN");
    private readonly Field _unseenFin = set.Add($"conn.{side}.fin_unseen", Flag, "true where most likely it sent a FIN that the capture lacks: one octet more than was captured was acknowledged (RFC 9293 §3.4)");
    private readonly Field _rstFrame = set.Add($"conn.{side}.frame.rst", Number, "First RST");

    public void Write(in EndSummary end, string? digest, FieldSink sink)
    {
        sink.Word(_state, Words.TcpStates[(int)end.State]);
        sink.Word(_basis, Words.Bases[(int)end.Basis]);
        sink.Packet(_stateFrame, end.StateSince);
        WriteOctets(end.Counters, sink);
        WriteSegments(end.Counters, sink);
        sink.TextIfAny(_sha256, digest);
        if (!end.Syn.IsNone)
        {
            WriteOffer(end, sink);
        }

        sink.FlagIfSet(_multipath, (end.Options & EndOptions.Multipath) != 0);
        sink.FlagIfSet(_fastOpen, (end.Options & EndOptions.FastOpen) != 0);
        sink.FlagIfSet(_synData, (end.Options & EndOptions.SynData) != 0);
        if (end.Counters.Packets > 0)
        {
            sink.Number(_ttl, end.TimeToLive);
        }

        sink.Packet(_synFrame, end.Syn);
        sink.Packet(_finFrame, end.Fin);
        sink.FlagIfSet(_unseenFin, end.HasUnseenFin);
        sink.Packet(_rstFrame, end.Rst);
    }

    private void WriteOctets(in EndCounters counters, FieldSink sink)
    {
        sink.Number(_packets, counters.Packets);
        sink.Number(_octets, counters.Octets);
        sink.Number(_unique, counters.UniqueOctets);
        sink.Number(_delivered, counters.Delivered);
        sink.NumberIfAny(_duplicate, counters.Duplicate);
        sink.NumberIfAny(_late, counters.Late);
        sink.NumberIfAny(_cut, counters.Cut);
        sink.NumberIfAny(_afterEnd, counters.AfterEnd);
        sink.Number(_gap, counters.Gap);
        sink.NumberIfAny(_trailingGap, counters.TrailingGap);
    }

    private void WriteSegments(in EndCounters counters, FieldSink sink)
    {
        sink.Number(_syn, counters.AllSyns);
        sink.Number(_synAck, counters.SynAcks + counters.DoubledSynAcks);
        sink.Number(_fin, counters.Fins + counters.DoubledFins);
        sink.Number(_rst, counters.Rsts);
        sink.Number(_retransmissions, counters.Retransmissions);
        sink.Number(_outOfOrder, counters.OutOfOrder);
        sink.Number(_probes, counters.KeepAliveProbes);
        sink.Number(_zeroWindows, counters.ZeroWindows);
        sink.Number(_badChecksums, counters.BadChecksums);
        sink.Number(_conflicts, counters.OverlapConflicts);
    }

    private void WriteOffer(in EndSummary end, FieldSink sink)
    {
        sink.Number(_isn, end.InitialSequence);
        sink.NumberIfAny(_mss, end.MaximumSegmentSize);
        sink.NumberIfKnown(_windowScale, end.WindowScale);
        sink.FlagIfSet(_sack, (end.Options & EndOptions.Sack) != 0);
        sink.FlagIfSet(_timestamps, (end.Options & EndOptions.Timestamps) != 0);
    }
}
