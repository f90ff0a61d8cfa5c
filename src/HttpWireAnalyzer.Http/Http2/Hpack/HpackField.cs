namespace HttpWireAnalyzer.Http.Http2.Hpack;

/// <summary>A field line as it came out of a field block.</summary>
/// <param name="Unknown">
/// Which of them stood in a part of the dynamic table that was not seen: there stands a mark with the index instead,
/// such as &lt;dyn 62&gt;.
/// </param>
internal readonly record struct HpackField(byte[] Name, byte[] Value, UnknownParts Unknown)
{
    /// <summary>RFC 7541 §4.1: what it takes of a table, and of a list (RFC 9113 §6.5.2).</summary>
    public const int Overhead = 32;

    public int Size => Name.Length + Value.Length + Overhead;
}

/// <summary>What of a field is not known.</summary>
[Flags]
internal enum UnknownParts : byte
{
    None = 0,
    Name = 1,
    Value = 2,
    Both = Name | Value,
}
