using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Ports;

/// <summary>HWA-X002: a client came round to the same ports before TIME-WAIT was over.</summary>
/// <remarks>Not flagged: a port that was used again after its TIME-WAIT.</remarks>
internal sealed class PortWrap(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-X002",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("source ports come round within TIME_WAIT", "TIME_WAIT 안에 소스 포트가 다시 쓰임"),
        References = ["RFC 6191", "RFC 9293 §3.6.1"],
        Advice =
        [
            new Phrase(
                "Reuse connections, or widen the port range (net.ipv4.ip_local_port_range): a port that comes back after {shortest} meets its own TIME_WAIT.",
                "연결을 재사용하거나 포트 범위(net.ipv4.ip_local_port_range)를 넓히십시오. {shortest} 만에 돌아온 포트는 자신의 TIME_WAIT와 만납니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count|connection|connections} on a port that was still in TIME_WAIT, the earliest {shortest} after it was entered ({frame}).",
        "{pool}: 연결 {count}개가 아직 TIME_WAIT인 포트에서 시작되었고, 가장 빠른 것은 TIME_WAIT 진입 {shortest} 뒤였습니다({frame}).");

    private readonly Dictionary<PoolHabits, Wrap> _wraps = [];

    public override ConnectionTraits Connections => ConnectionTraits.Remarks;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.TimeWaitReuse) || connection.Trail is null)
        {
            return;
        }

        foreach (var remark in connection.Trail.TcpRemarks)
        {
            if (remark.Kind == TcpRemarkKind.TimeWaitReuse)
            {
                var known = _wraps.GetValueOrDefault(connection.Pool, new Wrap(0, long.MaxValue, default));
                _wraps[connection.Pool] = remark.Value < known.Shortest
                    ? new Wrap(known.Count + 1, remark.Value, remark.Packet)
                    : known with { Count = known.Count + 1 };
                return;
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (_wraps.TryGetValue(pool, out var wrap))
            {
                findings.Add(new Finding
                {
                    Rule = Card,
                    Confidence = Confidence.Certain,
                    Subject = FindingSubject.Of(pool.Name),
                    Frames = [wrap.At],
                    Measured =
                    [
                        Measure.Words("pool", pool.Name.ToString()),
                        Measure.Count("count", wrap.Count),
                        Measure.Duration("shortest", wrap.Shortest),
                        Measure.Frame("frame", wrap.At),
                    ],
                    Says = Says,
                });
            }
        }
    }

    private readonly record struct Wrap(long Count, long Shortest, PacketRef At);
}
