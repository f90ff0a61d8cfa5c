using HttpWireAnalyzer.Capture.Filter;
using HttpWireAnalyzer.Capture.Merge;
using HttpWireAnalyzer.Capture.Octets;

namespace HttpWireAnalyzer.Capture;

/// <summary>Opens capture files: pcap and pcapng, plain or in gzip, one or many, named or standard input.</summary>
public static class CaptureFile
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInputName = "-";

    /// <exception cref="CaptureFormatException">The file is not there, not readable, or not a capture.</exception>
    /// <exception cref="CaptureFilterException">libpcap does not accept the filter.</exception>
    public static IPacketSource Open(string path, CaptureFileOptions options) => Open([path], options);

    /// <summary>
    /// Several files as one timeline, as mergecap makes it: by time, at equal times by the order of the paths, and each
    /// file's own order kept. A frame that another file shows within 5 ms is left out, but keeps its number.
    /// </summary>
    /// <inheritdoc cref="Open(string, CaptureFileOptions)"/>
    public static IPacketSource Open(IReadOnlyList<string> paths, CaptureFileOptions options)
    {
        if (paths.Count == 0)
        {
            throw new CaptureFormatException("expected a capture file, found no path");
        }

        var buffer = Math.Max(BufferFor(options) / paths.Count, CaptureLimits.LeastBufferOctets);
        List<IPacketSource> sources = [];
        try
        {
            foreach (var path in paths)
            {
                sources.Add(OpenOne(path, options, buffer, standardInputTaken: paths.Count(IsStandardInput) > 1));
            }

            return Filtered(sources.Count == 1 ? sources[0] : new MergedSource(sources, paths), paths[0], options);
        }
        catch
        {
            sources.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>A stream, such as standard input; the caller keeps it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <inheritdoc cref="Open(string, CaptureFileOptions)"/>
    public static IPacketSource Open(Stream standardInput, string name, CaptureFileOptions options)
    {
        var source = FormatSniffer.Open(
            new OctetWindow(new StreamOctets(standardInput, leaveOpen: true), BufferFor(options)),
            name,
            options.KeepsExtras);
        try
        {
            return Filtered(source, name, options);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static int BufferFor(CaptureFileOptions options) =>
        options.IsReadAhead ? CaptureLimits.BufferOctetsAhead : CaptureLimits.BufferOctets;

    private static bool IsStandardInput(string path) => path == StandardInputName;

    private static IPacketSource OpenOne(
        string path, CaptureFileOptions options, int bufferOctets, bool standardInputTaken)
    {
        if (!IsStandardInput(path))
        {
            StreamOctets octets = new(OpenPath(path), leaveOpen: false);
            return FormatSniffer.Open(new OctetWindow(octets, bufferOctets), path, options.KeepsExtras);
        }

        if (standardInputTaken)
        {
            throw new CaptureFormatException("-: standard input can be read once, found it twice among the paths");
        }

        var standardInput = options.StandardInput
            ?? throw new CaptureFormatException("-: expected a capture on standard input, found none");
        StreamOctets piped = new(standardInput, leaveOpen: true);
        return FormatSniffer.Open(new OctetWindow(piped, bufferOctets), path, options.KeepsExtras);
    }

    private static FileStream OpenPath(string path)
    {
        try
        {
            // No buffer of the stream's own: a read goes straight into the window, at no cost above the system's.
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0,
                FileOptions.SequentialScan);
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            throw new CaptureFormatException(
                $"{(path.Length == 0 ? "''" : path)}: expected a capture file, found {OpenFailure.Found(path, error)}", error);
        }
    }

    private static IPacketSource Filtered(IPacketSource source, string file, CaptureFileOptions options) =>
        string.IsNullOrWhiteSpace(options.Filter) ? source : new FilteredSource(source, file, options.Filter);
}
