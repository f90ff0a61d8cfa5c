using System.Globalization;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>What a line of a stream shows.</summary>
internal enum StreamLineKind : byte
{
    Head,
    Text,
    Start,
    Masked,
    MaskedRest,
    Hex,
}

/// <summary>Where a line begins in its block, and how many octets it shows.</summary>
internal readonly record struct StreamPlace(int Block, int At, int Length, StreamLineKind Kind)
{
    public int End => At + Length;
}

/// <summary>Octets that belong together, or a hole.</summary>
internal sealed class StreamBlock(Side sender, long offset, long frame, long missing)
{
    public Side Sender { get; } = sender;

    public long Offset { get; } = offset;

    public long Frame { get; } = frame;

    public long Missing { get; } = missing;

    public List<byte[]> Pieces { get; } = [];

    public byte[] Octets { get; private set; } = [];

    public string Title => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Sender == Side.Client ? "▶ client" : "◀ server")} #{Frame} offset {Offset}")
        + (Missing > 0 ? string.Create(CultureInfo.InvariantCulture, $": {Missing} octets not captured") : "");

    public void Join()
    {
        Octets = Pieces.Count == 1 ? Pieces[0] : [.. Pieces.SelectMany(piece => piece)];
        Pieces.Clear();
    }
}
