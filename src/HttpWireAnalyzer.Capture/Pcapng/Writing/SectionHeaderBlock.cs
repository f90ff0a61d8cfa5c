namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Writes the block that begins a section (draft-ietf-opsawg-pcapng §4.1; <see cref="SectionHeader"/> has its box).</summary>
internal static class SectionHeaderBlock
{
    /// <summary>Draft §4.1: -1 says that the length is not known; a section that is still written has none.</summary>
    private const ulong UnknownLength = ulong.MaxValue;

    private const ushort MinorVersion = 0;

    public static void Write(BlockBuffer buffer, CaptureOrigin origin)
    {
        buffer.Begin(BlockType.SectionHeader);
        buffer.U32(SectionHeader.ByteOrderMagic);
        buffer.U16(SectionHeader.MajorVersion);
        buffer.U16(MinorVersion);
        buffer.U64(UnknownLength);
        buffer.Option(BlockOption.Comment, origin.Comment);
        buffer.Option(SectionOption.Hardware, origin.Hardware);
        buffer.Option(SectionOption.OperatingSystem, origin.OperatingSystem);
        buffer.Option(SectionOption.Application, origin.Application);
        buffer.EndOptions();
        buffer.End();
    }
}
