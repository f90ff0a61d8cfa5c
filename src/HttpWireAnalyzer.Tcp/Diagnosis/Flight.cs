using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>Octets that were sent, and of which the other end has not said yet that it has them.</summary>
internal static class Flight
{
    /// <summary>Up to a sequence number, by acknowledgments alone; 0 where the other end acknowledged more than was seen.</summary>
    public static uint Of(uint next, in EndDiagnosis theirs) => unchecked((uint)int.Max(0, (int)(next - theirs.Acked)));

    /// <summary>Behind a segment, by SACK too. Without the FIN, which has a sequence number and is no octet; -1 where it cannot be told.</summary>
    public static long Of(in TcpEndpoint me, in EndDiagnosis theirs, in ExaminedSegment segment)
    {
        var next = me.Diagnosis.Next;
        var detail = me.Diagnosis.Detail;
        if (segment.Length == 0 || !theirs.Has(DiagnosisFlags.HasAcked) || detail is { IsFlightUnknown: true })
        {
            return -1;
        }

        // RFC 2018 §3: what SACK tells of has arrived.
        var inFlight = Of(next, theirs) - (detail?.Sacked.Octets ?? 0);
        var hasFin = (me.Has(EndFlags.FinSeen) || (segment.Flags & TcpFlags.Fin) != 0)
            && detail?.Sacked.Covers(unchecked(next - 1), next) is not true;
        return long.Max(0, hasFin ? inFlight - 1 : inFlight);
    }
}
