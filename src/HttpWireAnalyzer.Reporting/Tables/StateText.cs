using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>A state of TCP in a column for people, where SYN_RCVD is as wide as the rest; filters take both names.</summary>
public static class StateText
{
    /// <param name="isAssumed">Nothing that the end sent shows it: a tilde says so.</param>
    public static string Of(TcpState state, bool isAssumed) =>
        (state == TcpState.SynReceived ? "SYN_RCVD" : Words.TcpStates[(int)state].Text) + (isAssumed && state != TcpState.Unknown ? "~" : "");
}
