using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>What a row is sorted by: numbers, or text by code point; what is absent comes before all.</summary>
internal readonly record struct SortKey(ulong High, ulong Low, string? Text, ushort Port = 0) : IComparable<SortKey>
{
    private const ulong Middle = 1UL << 63;

    /// <param name="value">Negative for unknown.</param>
    public static SortKey Of(long value) => new(0, unchecked((ulong)value) ^ Middle, null);

    public static SortKey Of(string? text) => new(0, 0, text ?? "");

    public static SortKey Of(in Endpoint endpoint) => new(endpoint.Address.High, endpoint.Address.Low, null, endpoint.Port);

    public int CompareTo(SortKey other) =>
        High != other.High ? High.CompareTo(other.High)
        : Low != other.Low ? Low.CompareTo(other.Low)
        : Port != other.Port ? Port.CompareTo(other.Port)
        : string.CompareOrdinal(Text, other.Text);
}
