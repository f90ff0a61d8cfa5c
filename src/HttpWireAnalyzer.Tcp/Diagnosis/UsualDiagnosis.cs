using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>Which segments have no mark and nothing to be looked into, found out with a few comparisons.</summary>
internal static class UsualDiagnosis
{
    /// <summary>
    /// In order, nothing outstanding with either end, and something new: nearly every segment that has an ACK and
    /// neither SYN nor RST.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUsual(in TcpEndpoint me, in TcpEndpoint peer, in TcpHeader header, int length, int fin)
    {
        var acknowledgment = header.Acknowledgment.Value;
        if (header.Sequence.Value != me.Diagnosis.Next
            || !IsQuiet(peer.Diagnosis)
            || SequenceNumber.Distance(acknowledgment, peer.Diagnosis.Next) > 0)
        {
            return false;
        }

        if (!me.Diagnosis.Has(DiagnosisFlags.HasAcked))
        {
            // The third step of a handshake: nothing before it that it could repeat.
            return length + fin == 0 && header.Window != 0 && SaysNoMore(peer, header) && IsQuiet(me.Diagnosis, DiagnosisFlags.Placed);
        }

        return (fin == 0 || SaysNoMore(peer, header))
            && IsQuiet(me.Diagnosis)
            && IsNew(me, peer, acknowledgment, header.Window, length + fin);
    }

    /// <summary>Nobody waits for what the acknowledgment says, and no SACK is beside it.</summary>
    private static bool SaysNoMore(in TcpEndpoint peer, in TcpHeader header) =>
        peer.Diagnosis.Detail is null && !TcpOptions.MayHaveSack(header.Options);

    /// <summary>The end has sent and acknowledged, and nothing of it is under examination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsQuiet(in EndDiagnosis end) => IsQuiet(end, DiagnosisFlags.Placed | DiagnosisFlags.HasAcked);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsQuiet(in EndDiagnosis end, DiagnosisFlags known)
    {
        const DiagnosisFlags Special = DiagnosisFlags.Alert | DiagnosisFlags.KeptAlive | DiagnosisFlags.ProbedWindow;
        return (end.Flags & (Special | known)) == known;
    }

    /// <summary>Of a segment in order between two quiet ends: it brings or acknowledges something, and has no mark.</summary>
    /// <param name="places">Its octets, and one for a FIN (RFC 9293 §3.4).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNew(
        in TcpEndpoint me, in TcpEndpoint peer, uint acknowledgment, ushort window, int places)
    {
        ref readonly var mine = ref me.Diagnosis;
        ref readonly var theirs = ref peer.Diagnosis;
        var advance = SequenceNumber.Distance(acknowledgment, mine.Acked);
        if (window == 0)
        {
            return false;
        }

        return places == 0
            ? advance > 0
            // A window may be closed with a FIN, which alerts nobody: then one octet, perhaps with a FIN, is a probe.
            : advance >= 0
                && (places > 2 || theirs.Window != 0)
                && !MarkRules.FillsWindow(me, peer, mine.Next, places);
    }
}
