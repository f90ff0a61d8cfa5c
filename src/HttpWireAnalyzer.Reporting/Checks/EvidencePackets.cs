using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Reporting.Packets;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>
/// The packets of the records that break claims, and those before and behind them: read in a pass of its own, for what
/// is shown is known last.
/// </summary>
public sealed class EvidencePackets : IPacketSink
{
    /// <summary>Packets of the connection before the first one that shows it, and behind the last.</summary>
    private const int Around = 2;

    /// <summary>Packets that show it: of more, the first ones and the last.</summary>
    private const int MostMarked = 5;

    private readonly Dictionary<int, List<Window>> _byConnection = [];
    private readonly Dictionary<RecordPlace, Window> _windows = [];
    private readonly StringBuilder _line = new();
    private readonly PacketText _text;
    private bool _hasFirst;

    public EvidencePackets(IEnumerable<Verdict> verdicts)
    {
        _text = new PacketText(new StringWriter(_line) { NewLine = "" }, TextStyle.Plain, PacketTime.Relative);
        foreach (var place in verdicts.SelectMany(verdict => verdict.Examples).Select(example => example.Place))
        {
            if (place.Connection >= 0 && !place.First.IsNone && !_windows.ContainsKey(place))
            {
                var window = new Window(MarkedOf(place));
                _windows.Add(place, window);
                if (!_byConnection.TryGetValue(place.Connection, out var windows))
                {
                    _byConnection.Add(place.Connection, windows = []);
                }

                windows.Add(window);
            }
        }
    }

    public bool IsEmpty => _windows.Count == 0;

    /// <summary>As hwa packets writes them; "&gt;" before those that show it, "…" where some are left out.</summary>
    public IReadOnlyList<string> Of(RecordPlace place) => _windows.TryGetValue(place, out var window) ? window.Lines : [];

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (_byConnection.TryGetValue(tracked.Connection.Number, out var windows))
        {
            var line = LineOf(segment, tracked);
            foreach (var window in windows)
            {
                window.Add(segment.Packet.Number, line);
            }
        }
        else if (!_hasFirst)
        {
            // Times count from the first packet.
            LineOf(segment, tracked);
        }

        _hasFirst = true;
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

    /// <summary>In capture order.</summary>
    private static SortedSet<long> MarkedOf(in RecordPlace place)
    {
        PacketRef[] shown = place.Finding is { } finding ? [.. finding.Frames] : [place.First, place.Last];
        List<long> numbers = [.. shown.Where(packet => !packet.IsNone).Select(packet => packet.Number).Distinct().Order()];
        return [.. numbers.Take(MostMarked - 1), numbers[^1]];
    }

    private string LineOf(in TcpSegment segment, in TrackedSegment tracked)
    {
        _line.Clear();
        _text.OnTracked(segment, tracked);
        return _line.ToString();
    }

    private sealed class Window(SortedSet<long> marked)
    {
        private readonly Queue<string> _waiting = new();
        private readonly List<string> _lines = [];
        private int _follow;
        private bool _skipped;

        public IReadOnlyList<string> Lines => _lines;

        public void Add(long number, string line)
        {
            if (marked.Contains(number))
            {
                GiveWaiting();
                _lines.Add("> " + line);
                _follow = number == marked.Max ? Around : 0;
            }
            else if (_follow > 0)
            {
                _follow--;
                _lines.Add("  " + line);
            }
            else if (number < marked.Max)
            {
                _waiting.Enqueue(line);
                if (_waiting.Count > (_lines.Count == 0 ? Around : 1))
                {
                    _waiting.Dequeue();
                    _skipped = _lines.Count > 0;
                }
            }
        }

        private void GiveWaiting()
        {
            if (_skipped)
            {
                _lines.Add("  …");
                _skipped = false;
            }

            while (_waiting.TryDequeue(out var line))
            {
                _lines.Add("  " + line);
            }
        }
    }
}
