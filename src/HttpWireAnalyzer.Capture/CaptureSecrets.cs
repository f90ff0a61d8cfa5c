namespace HttpWireAnalyzer.Capture;

/// <summary>Keys that came with a capture (pcapng DSB), as they came.</summary>
/// <param name="Type">What the octets are: 0x544c534b is a TLS key log (draft-ietf-opsawg-pcapng §4.7).</param>
public sealed record CaptureSecrets(uint Type, ReadOnlyMemory<byte> Octets);

/// <summary>A source that keeps the keys of its input, where <see cref="CaptureFileOptions.KeepsExtras"/> asks for it.</summary>
public interface ISecretSource
{
    /// <summary>Those met so far; more come while packets are read.</summary>
    IReadOnlyList<CaptureSecrets> Secrets { get; }
}
