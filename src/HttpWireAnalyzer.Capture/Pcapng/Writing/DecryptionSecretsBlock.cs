namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Writes keys (draft-ietf-opsawg-pcapng §4.7; <see cref="Pcapng.DecryptionSecrets"/> has its box).</summary>
internal static class DecryptionSecretsBlock
{
    public static void Write(BlockBuffer buffer, CaptureSecrets secrets)
    {
        buffer.Begin(BlockType.DecryptionSecrets);
        buffer.U32(secrets.Type);
        buffer.U32((uint)secrets.Octets.Length);
        buffer.Padded(secrets.Octets.Span);
        buffer.End();
    }
}
