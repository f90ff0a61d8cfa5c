using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>A live capture whose packets are written before they are analysed, and how it ends.</summary>
internal sealed class Recording(LiveSource source, IPacketSource? packets, IPacketRecorder recorder)
{
    public Recording(LiveSource source, IPacketRecorder recorder)
        : this(source, null, recorder)
    {
    }

    /// <summary>What is to be read in place of the source, or of what records its packets already.</summary>
    public RecordedSource Packets { get; } = new(packets ?? source, recorder);

    /// <summary>Every packet to files. Refuses what <see cref="Terminal"/> cannot take.</summary>
    /// <exception cref="CaptureWriteException">The first file cannot be made.</exception>
    public static RollingFiles ToFiles(LiveSource source, RecordingOptions options, Terminal terminal) =>
        new(source, options with { StandardOutput = terminal.Output }, TimeProvider.System);

    /// <summary>Refuses early what would be refused when the capture is open already.</summary>
    public static void RefuseIfImpossible(RecordingOptions options, Terminal terminal)
    {
        if (options.IsStandardOutput && terminal.OutputIsTerminal)
        {
            throw new UsageException("-w - writes packets, and not to a terminal: pipe it, or name a file.");
        }

        if (!options.IsStandardOutput && options.Rotation is null)
        {
            OutputFile.RefuseIfTaken(options.Path, options.Overwrite);
        }
    }

    /// <summary>
    /// Ends the capture: when this returns, its counts are exact, and the files have them. What kept packets from being
    /// written is returned, so that the counts can be told before.
    /// </summary>
    public CaptureWriteException? End()
    {
        source.Stop();
        var batch = new PacketBatch();
        while (source.Read(batch))
        {
            // Beyond what was wanted: it counts as delivered.
        }

        if (Packets.Failure is not null)
        {
            return Packets.Failure;
        }

        try
        {
            recorder.End();
            return null;
        }
        catch (CaptureWriteException error)
        {
            return error;
        }
    }
}
