namespace HttpWireAnalyzer.Wire;

/// <summary>Memory that packets lie in. What is in it stays for as long as a batch holds it.</summary>
/// <remarks>Not counted across threads: whoever has batches filled is also who gives them back.</remarks>
public sealed class OctetBuffer(byte[] octets)
{
    private int _holders;

    public byte[] Octets { get; } = octets;

    public bool IsHeld => _holders > 0;

    internal void Hold() => _holders++;

    internal void Release() => _holders--;
}
