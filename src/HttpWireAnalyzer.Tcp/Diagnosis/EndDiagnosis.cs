namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// What diagnosis keeps of every end of every connection: one cache line. What only streams in trouble need is in
/// <see cref="StreamDiagnosis"/>. Sequence numbers are those on the wire; durations are <see cref="RoundTrips.Unit"/>.
/// </summary>
internal struct EndDiagnosis
{
    /// <summary>Sequence number after the highest that this end sent; SYN and FIN take one each (RFC 9293 §3.4).</summary>
    public uint Next;

    /// <summary>The last acknowledgment that this end sent.</summary>
    public uint Acked;

    /// <summary>The octet whose acknowledgment gives the next round trip; meaningful when <see cref="DiagnosisFlags.Timed"/>.</summary>
    public uint TimedEnd;

    /// <summary>When that octet was sent, in units, wrapping.</summary>
    public uint TimedAt;

    /// <summary>The last window that this end offered, as sent.</summary>
    public ushort Window;

    public DiagnosisFlags Flags;

    /// <summary>Round trips measured, until <see cref="StreamDiagnosis.RoundTrips"/> counts them.</summary>
    public byte Samples;

    /// <summary>Octets (24 bits) and segments (8 bits) sent before the first acknowledgment of any of them.</summary>
    public uint Initial;

    /// <summary>Capture time, nanoseconds, of the last octets that were new.</summary>
    public long NextAt;

    /// <summary>SRTT × 8 (RFC 6298 §2).</summary>
    public uint SmoothedBy8;

    /// <summary>RTTVAR × 4.</summary>
    public uint VariationBy4;

    public uint LeastRoundTrip;
    public uint MostRoundTrip;

    /// <summary>Of the first <see cref="Samples"/> round trips.</summary>
    public uint SumOfRoundTrips;

    /// <summary>Most octets sent and not acknowledged, by SACK neither.</summary>
    public uint MostInFlight;

    /// <summary>Null until something is out of the ordinary, or there are many round trips.</summary>
    public StreamDiagnosis? Detail;

    private const uint MostOctets = 0xFF_FFFF;

    public readonly bool Has(DiagnosisFlags flag) => (Flags & flag) != 0;

    /// <summary>The stream goes on here. Where that is elsewhere than was thought, what is timed was not of it.</summary>
    public void PlaceAt(uint sequence)
    {
        if (Next != sequence)
        {
            Next = sequence;
            Flags &= ~DiagnosisFlags.Timed;
        }
    }

    public readonly int InitialOctets => (int)(Initial & MostOctets);

    public readonly int InitialSegments => (int)(Initial >> 24);

    /// <summary>Both counts stop at what they hold: 16 MiB and 255 segments are no initial window (RFC 6928: ten).</summary>
    public void AddInitial(int octets)
    {
        var sum = uint.Min((Initial & MostOctets) + (uint)octets, MostOctets);
        Initial = (uint.Min((Initial >> 24) + 1, byte.MaxValue) << 24) | sum;
    }
}

[Flags]
internal enum DiagnosisFlags : byte
{
    None = 0,

    /// <summary>The end has sent a segment: Next is known.</summary>
    Placed = 1,

    /// <summary>The end has acknowledged: Acked and Window are known.</summary>
    HasAcked = 2,

    /// <summary>A round trip is being measured.</summary>
    Timed = 4,

    /// <summary>Octets of this end were acknowledged, or its first ones were not captured.</summary>
    InitialOver = 8,

    /// <summary>The last segment was a keep-alive probe.</summary>
    KeptAlive = 16,

    /// <summary>The last segment was a probe of a closed window.</summary>
    ProbedWindow = 32,

    /// <summary>Something is going on with this end's stream or window: each segment is examined.</summary>
    Alert = 64,

    /// <summary>Window comes from a SYN: not scaled (RFC 7323 §2.2).</summary>
    WindowOfSyn = 128,
}
