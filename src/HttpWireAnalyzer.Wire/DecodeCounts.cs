namespace HttpWireAnalyzer.Wire;

/// <summary>What decoding made of the packets. The first six outcomes add up to <see cref="Packets"/>.</summary>
public sealed class DecodeCounts
{
    public long Packets { get; internal set; }

    public long TcpSegments { get; internal set; }

    /// <summary>ICMP errors that quote TCP.</summary>
    public long IcmpErrors { get; internal set; }

    public long NotIp { get; internal set; }

    public long NotTcp { get; internal set; }

    public long FragmentsHeld { get; internal set; }

    public long Undecodable { get; internal set; }

    /// <summary>Of <see cref="Undecodable"/>: TCP by the IP header, with less than a TCP header captured.</summary>
    public long TcpHeadersCut { get; internal set; }

    /// <summary>IP headers whose length runs past the captured octets: cut by the snap length.</summary>
    public long CutByCapture { get; internal set; }

    public long BadIpChecksums { get; internal set; }

    /// <summary>Wrong, or left to the network card by the host that captured.</summary>
    public long BadTcpChecksums { get; internal set; }

    /// <summary>Segments with SYN and without ACK: connections begun, repeats included.</summary>
    public long Syns { get; internal set; }

    /// <summary>Segments with more payload than a 1,500-octet MTU carries: joined by offload, or jumbo frames.</summary>
    public long SuperSegments { get; internal set; }

    /// <summary>IP headers with length 0, taken from the frame instead: segmentation offload or BIG TCP.</summary>
    public long ZeroIpLengths { get; internal set; }

    /// <summary>Datagrams put together from fragments.</summary>
    public long DatagramsReassembled { get; internal set; }

    /// <summary>Incomplete datagrams dropped after <see cref="DecoderLimits.FragmentTimeout"/>.</summary>
    public long DatagramsTimedOut { get; internal set; }

    /// <summary>Incomplete datagrams dropped to stay within the limits.</summary>
    public long DatagramsEvicted { get; internal set; }

    /// <summary>Fragments that repeat octets already held; the first copy was kept.</summary>
    public long FragmentOverlaps { get; internal set; }

    /// <summary>Of <see cref="FragmentOverlaps"/>: those whose octets differ from the copy held.</summary>
    public long FragmentConflicts { get; internal set; }

    /// <summary>Adds what a decoder beside this one counted.</summary>
    public void Add(DecodeCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Packets += other.Packets;
        TcpSegments += other.TcpSegments;
        IcmpErrors += other.IcmpErrors;
        NotIp += other.NotIp;
        NotTcp += other.NotTcp;
        FragmentsHeld += other.FragmentsHeld;
        Undecodable += other.Undecodable;
        TcpHeadersCut += other.TcpHeadersCut;
        CutByCapture += other.CutByCapture;
        BadIpChecksums += other.BadIpChecksums;
        BadTcpChecksums += other.BadTcpChecksums;
        Syns += other.Syns;
        SuperSegments += other.SuperSegments;
        ZeroIpLengths += other.ZeroIpLengths;
        DatagramsReassembled += other.DatagramsReassembled;
        DatagramsTimedOut += other.DatagramsTimedOut;
        DatagramsEvicted += other.DatagramsEvicted;
        FragmentOverlaps += other.FragmentOverlaps;
        FragmentConflicts += other.FragmentConflicts;
    }
}
