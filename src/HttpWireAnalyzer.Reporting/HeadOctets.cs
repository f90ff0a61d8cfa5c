using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>What was written of one head, to be written again with each exchange that shares it.</summary>
internal sealed class HeadOctets
{
    /// <summary>A head that was seen once: many are never seen again, and nothing is kept of them.</summary>
    private static readonly object Once = new();

    private readonly ReadyOctets?[] _runs = new ReadyOctets?[(int)HeadRun.FieldLines + 1];

    public ReadyOctets? this[HeadRun run]
    {
        get => _runs[(int)run];
        set => _runs[(int)run] = value;
    }

    /// <summary>Null when the head comes for the first time.</summary>
    public static HeadOctets? Of(MessageHead head, HeadRun run)
    {
        if (head.Presented is HeadOctets known)
        {
            return known;
        }

        // The first run of a line says that the head has come again.
        if (run != HeadRun.StartLine)
        {
            return null;
        }

        var octets = ReferenceEquals(head.Presented, Once) ? new HeadOctets() : null;
        head.Presented = octets ?? Once;
        return octets;
    }
}
