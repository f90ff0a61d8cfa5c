namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The Decryption Secrets Block (draft-ietf-opsawg-pcapng §4.7).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |                          Secrets Type                         |  8
/// +---------------------------------------------------------------+
/// |                         Secrets Length                        | 12
/// +---------------------------------------------------------------+
/// /                 Secrets Data, then options                    / 16
/// </code></remarks>
internal readonly ref struct DecryptionSecrets(ReadOnlySpan<byte> block, ByteOrder order)
{
    public const int LeastLength = DataOffset + BlockFrame.TrailerLength;

    private const int TypeOffset = 8;
    private const int LengthOffset = 12;
    private const int DataOffset = 16;

    private readonly ReadOnlySpan<byte> _block = block;

    public uint Type { get; } = order.U32(block, TypeOffset);

    public uint Length { get; } = order.U32(block, LengthOffset);

    /// <summary>The most that can be data.</summary>
    public int Room => _block.Length - DataOffset - BlockFrame.TrailerLength;

    /// <summary>Where <see cref="Length"/> is within <see cref="Room"/>.</summary>
    public ReadOnlySpan<byte> Data => _block.Slice(DataOffset, (int)Length);
}
