using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads TCP segments before one assertion about them.</summary>
/// <param name="truths">As in <see cref="ExchangeRows"/>.</param>
internal sealed class SegmentRows(RecordJudge judge, IReadOnlyList<ConnectionTruths?> truths) : IPacketSink
{
    private readonly PacketQuestion?[] _questions =
    [
        .. judge.Filters.Zip(truths, (filter, known) => filter is null ? null : new PacketQuestion(filter, known)),
    ];

    private readonly bool[] _accepted = new bool[judge.Filters.Count];

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        for (var i = 0; i < _questions.Length; i++)
        {
            _accepted[i] = _questions[i]?.Accepts(segment, tracked) ?? true;
        }

        if (judge.Take(_accepted))
        {
            PacketFields.Write(segment, tracked, judge.Reader.Begin());
            judge.Keep(Places.Of(segment, tracked));
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }
}
